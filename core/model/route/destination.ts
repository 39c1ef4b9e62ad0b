import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { findAddress } from "../lookup/find-address.ts";
import { mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { askedFor } from "../lookup/without-groups.ts";
import { joinPath } from "../paths.ts";
import { chooseTransport } from "./choose-transport.ts";
import { byEntry, undecidedLookup, valueOf } from "./decision.ts";
import type { RouteContext } from "./forward-file.ts";
import { type LocalDelivery, localDelivery } from "./local-delivery.ts";
import type { RouteDelivery, RouteDestination } from "./mail-route.ts";
import { checkRecipient } from "./recipient-check.ts";
import { resolveRecipient } from "./resolve-recipient.ts";
import { localTest, resolveSettings } from "./route-settings.ts";
import { seenBy } from "./seen-by.ts";
import { splitTransport } from "./transport-maps.ts";

/**
 * Where one final address goes.
 * @param isUser local(8) has looked into its aliases already: what is left is a user
 */
export async function destinationOf(
  context: RouteContext,
  address: string,
  sender: string | null,
  isUser = false,
): Promise<RouteDestination> {
  const rewriting = seenBy(context, "trivial-rewrite");
  const resolved = await resolveRecipient(address, resolveSettings(rewriting), localTest(rewriting));
  if ("kind" in resolved) {
    const transport = { class: null, choices: [], end: resolved };
    return { address, recipient: null, transport, delivery: null, check: resolved, followed: null };
  }
  const transport = await chooseTransport(rewriting, resolved, sender);
  const chosen = transport.choices.at(-1);
  const { end } = transport;
  const check =
    transport.class === null
      ? checkWithoutClass(end)
      : await checkRecipient(context, resolved.recipient, transport.class.addressClass);
  const delivery =
    chosen === undefined || end !== null ? null : await deliveryOf(context, resolved.recipient, chosen, isUser);
  return { address, recipient: resolved.recipient, transport, delivery, check, followed: null };
}

function checkWithoutClass(end: RouteDestination["transport"]["end"]): RouteDestination["check"] {
  if (end?.kind !== "bad-address") return end ?? { kind: "unchecked" };
  return { kind: "unlisted", parameter: "", reply: "501 5.1.3 Bad recipient address syntax" };
}

async function deliveryOf(
  context: RouteContext,
  recipient: string,
  { transport, nexthop }: Pick<RouteDelivery, "transport" | "nexthop">,
  isUser: boolean,
): Promise<RouteDelivery> {
  const service = transportService(context, transport);
  const agent = { ...context, service };
  const local = service?.command === "local" ? await localDelivery(agent, recipient, isUser) : null;
  return {
    transport,
    nexthop,
    service,
    local,
    passed: await passedOn(context, recipient, nexthop, local),
    fallback: fallbackOf(agent),
    mailbox: service?.command === "virtual" ? await mailboxOf(agent, recipient) : null,
  };
}

/** What the transport does with it that local(8) passes it on to. */
async function passedOn(
  context: RouteContext,
  recipient: string,
  nexthop: string,
  local: LocalDelivery | null,
): Promise<RouteDelivery | null> {
  if (local?.kind !== "user") return null;
  const passed = local.mailbox ?? local.otherwise;
  if (passed?.kind !== "passed") return null;
  const [transport, host] = splitTransport(passed.value);
  const delivery = { transport, nexthop: host === "" ? nexthop : host };
  const service = transportService(context, transport);
  // To itself again: nobody means that, and it has no end.
  if (service?.command === "local")
    return { ...delivery, service, local: null, passed: null, fallback: null, mailbox: null };
  return deliveryOf(context, recipient, delivery, false);
}

const FALLBACKS: ReadonlyMap<string, string> = new Map([
  ["smtp", "smtp_fallback_relay"],
  ["lmtp", "lmtp_fallback_relay"],
]);

function fallbackOf(agent: LookupContext): RouteDelivery["fallback"] {
  const parameter = FALLBACKS.get(agent.service?.command ?? "");
  const value = parameter === undefined ? null : valueOf(agent, parameter);
  return value === null || value.text === "" ? null : value;
}

/** virtual(8) looks for the mailbox itself. */
async function mailboxOf(context: LookupContext, recipient: string): Promise<RouteDelivery["mailbox"]> {
  const parameter = "virtual_mailbox_maps";
  const { result } = await findAddress(askedFor(context, parameter), mapsOf(context, parameter), recipient);
  if (result.kind === "failed" || result.kind === "unknown") return undecidedLookup(parameter, result);
  if (result.kind === "not-found") return null;
  const path = joinPath(valueOf(context, "virtual_mailbox_base").text, result.value);
  return { path, decision: byEntry(parameter, result.place) };
}

/** The delivery agent of that name: no `inet` service can be one. */
function transportService({ server }: LookupContext, name: string): MasterService | null {
  const named = server.master?.tree.services.filter((one) => one.name === name && one.type !== "inet");
  return named?.at(-1) ?? null;
}
