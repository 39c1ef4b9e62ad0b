import { findAddress } from "../lookup/find-address.ts";
import { mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupFailed, LookupPlace, LookupUnknown } from "../lookup/lookup-result.ts";
import { findTransport, splitTransport } from "../route/transport-maps.ts";
import { type AdmissionContext, isOn, settingOf } from "./admission-context.ts";
import { settingPlace } from "./config-place.ts";
import type { ResolvedAddress } from "./resolve-address.ts";

/** As far as it decides whether a mail is let in: an address that is sent to the error or retry transport is refused at once. */
export type Transport =
  | { readonly kind: "deliverable" }
  | {
      readonly kind: "error" | "retry";
      readonly text: string;
      readonly why: string;
      readonly place: LookupPlace | null;
    }
  | { readonly kind: "unknown"; readonly result: LookupUnknown }
  | { readonly kind: "failed"; readonly result: LookupFailed };

const TRANSPORTS = {
  local: "local_transport",
  "virtual-mailbox": "virtual_transport",
  relay: "relay_transport",
  foreign: "default_transport",
} as const;

/** The transport of an address (transport(5), postconf(5)), `relocated_maps` last, as trivial-rewrite(8) finds it. */
export async function transportOf(asked: AdmissionContext, resolved: ResolvedAddress): Promise<Transport> {
  const context: AdmissionContext = { ...asked, tables: asked.rewriting };
  const { kind, address } = resolved;
  if (kind === "virtual-alias") {
    const where = isOn(context, "show_user_unknown_table_name") ? " in virtual alias table" : "";
    return {
      kind: "error",
      text: `5.1.1 User unknown${where}`,
      why: `${address} is no virtual alias`,
      place: settingPlace(context, "virtual_alias_maps"),
    };
  }
  if (kind === "failed" || kind === "unknown") return { kind: "deliverable" };
  const mapped = await findTransport(context.tables, address);
  if (mapped.kind === "unknown") return { kind: "unknown", result: mapped };
  if (mapped.kind === "failed") return { kind: "failed", result: mapped };
  const parameter = TRANSPORTS[kind];
  const value = mapped.kind === "found" && !mapped.value.startsWith(":") ? mapped.value : settingOf(context, parameter);
  const bad =
    mapped.kind === "found"
      ? undeliverable(value, value, mapped.place)
      : undeliverable(value, `${parameter} is ${value}`, settingPlace(context, parameter));
  return bad ?? (await inRelocatedMaps(context, address));
}

async function inRelocatedMaps(context: AdmissionContext, address: string): Promise<Transport> {
  const { result } = await findAddress(context.tables, mapsOf(context.tables, "relocated_maps"), address);
  if (result.kind === "not-found") return { kind: "deliverable" };
  if (result.kind === "unknown") return { kind: "unknown", result };
  if (result.kind === "failed") return { kind: "failed", result };
  const text = `5.1.6 User has moved to ${result.value}`;
  return { kind: "error", text, why: `${address} has moved`, place: result.place };
}

function undeliverable(value: string, why: string, place: LookupPlace | null): Transport | null {
  const [name, text] = splitTransport(value);
  if (name !== "error" && name !== "retry") return null;
  return { kind: name, text: text === "" ? "Address is undeliverable" : text, why, place };
}
