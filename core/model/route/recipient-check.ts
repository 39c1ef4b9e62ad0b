import { findAddress } from "../lookup/find-address.ts";
import { mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import type { AddressClass } from "./choose-transport.ts";
import { type Undecided, undecidedLookup, valueOf } from "./decision.ts";

/** Whether smtpd(8) takes mail for a recipient at all, by the tables of its class (reject_unlisted_recipient). */
export type RecipientCheck =
  | { readonly kind: "listed"; readonly parameter: string }
  /** `reply`: what smtpd answers. */
  | { readonly kind: "unlisted"; readonly parameter: string; readonly reply: string }
  /** The class has no table of recipients: any is taken. */
  | { readonly kind: "unchecked" }
  | Undecided;

const TABLES: Readonly<Record<AddressClass, { readonly parameter: string; readonly name: string } | null>> = {
  local: { parameter: "local_recipient_maps", name: "local recipient table" },
  "virtual-alias": { parameter: "virtual_alias_maps", name: "virtual alias table" },
  "virtual-mailbox": { parameter: "virtual_mailbox_maps", name: "virtual mailbox table" },
  relay: { parameter: "relay_recipient_maps", name: "relay recipient table" },
  default: null,
};

/** Tables that make any recipient a known one, whatever its class. */
const ALIASES = ["recipient_canonical_maps", "canonical_maps", "virtual_alias_maps"];

/** Asks as smtpd(8) asks about the recipient that the client gave. */
export async function checkRecipient(
  context: LookupContext,
  recipient: string,
  addressClass: AddressClass,
): Promise<RecipientCheck> {
  const own = TABLES[addressClass];
  if (own === null) return { kind: "unchecked" };
  const { parameter, name } = own;
  const tables = mapsOf(context, parameter);
  if (tables.length === 0 && addressClass !== "virtual-alias") return { kind: "unchecked" };
  let undecided: Undecided | null = null;
  for (const one of [...ALIASES, parameter]) {
    const { result } = await findAddress(context, mapsOf(context, one), recipient, { existence: true });
    if (result.kind === "found") return { kind: "listed", parameter: one };
    if (result.kind !== "not-found") undecided ??= undecidedLookup(one, result);
  }
  if (undecided !== null) return undecided;
  const code = valueOf(context, REPLY_CODES[addressClass] ?? "").text || "550";
  const shown = valueOf(context, "show_user_unknown_table_name").text !== "no" ? ` in ${name}` : "";
  return {
    kind: "unlisted",
    parameter,
    reply: `${code} 5.1.1 <${recipient}>: Recipient address rejected: User unknown${shown}`,
  };
}

const REPLY_CODES: Readonly<Record<string, string>> = {
  local: "unknown_local_recipient_reject_code",
  "virtual-alias": "unknown_virtual_alias_reject_code",
  "virtual-mailbox": "unknown_virtual_mailbox_reject_code",
  relay: "unknown_relay_recipient_reject_code",
};
