import { lowerAscii } from "../../text/ascii.ts";
import { findAddress } from "../lookup/find-address.ts";
import { mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupResult } from "../lookup/lookup-result.ts";
import { type AdmissionContext, isOn, replyBy, settingOf } from "./admission-context.ts";
import { askAbout } from "./ask-about.ts";
import { settingPlace } from "./config-place.ts";
import { lookupError, none, type Outcome, reject, unknown } from "./outcome.ts";
import { enhancedFor, replyOf, splitEnhanced } from "./reply.ts";
import type { ResolvedAddress } from "./resolve-address.ts";
import { transportOf } from "./transport-of.ts";

type AddressRole = "Sender address" | "Recipient address";

/** The table of the users of each class that has one, and what smtpd calls it. */
const USERS = {
  local: {
    maps: "local_recipient_maps",
    code: "unknown_local_recipient_reject_code",
    name: "local recipient table",
  },
  "virtual-mailbox": {
    maps: "virtual_mailbox_maps",
    code: "unknown_virtual_mailbox_reject_code",
    name: "virtual mailbox table",
  },
  relay: { maps: "relay_recipient_maps", code: "unknown_relay_recipient_reject_code", name: "relay recipient table" },
} as const;

/**
 * Whether smtpd takes an address of its own domains for one that exists: reject_unlisted_recipient, reject_unlisted_sender, and the check
 * it makes unasked (smtpd_reject_unlisted_recipient): check_rcpt_maps() of Postfix.
 */
export async function checkListed(context: AdmissionContext, given: string, role: AddressRole): Promise<Outcome> {
  if (
    settingOf(context, "receive_override_options")
      .split(/[\s,]+/)
      .includes("no_unknown_recipient_checks")
  ) {
    return none("receive_override_options switches the check off");
  }
  const resolved = await context.resolve(given);
  if (resolved.kind === "failed") return lookupError(given, "the address class could not be looked up");
  if (resolved.kind === "unknown") return unresolved(resolved);
  const rewritten = await findRewritten(context, resolved.address, role);
  if (rewritten.kind === "found") return none(`${resolved.address} is rewritten or an alias`, rewritten.place);
  if (rewritten.kind === "failed") return lookupError(given, rewritten.reason, rewritten.place);
  const outcome = await checkDelivery(context, given, resolved, role);
  if (rewritten.kind === "not-found" || outcome.kind === "none") return outcome;
  // An alias that nobody here can see would make the address good.
  return uncertain(rewritten, resolved.address);
}

/** An alias or a rewriting, whatever it leads to. */
async function findRewritten(context: AdmissionContext, address: string, role: AddressRole): Promise<LookupResult> {
  const parameters = ["recipient_canonical_maps", "canonical_maps", "virtual_alias_maps"];
  if (role === "Sender address") parameters.splice(1, 0, "sender_canonical_maps");
  let undecided: LookupResult = { kind: "not-found" };
  for (const parameter of parameters) {
    const tables = mapsOf(context.tables, parameter);
    const { result } = await findAddress(context.tables, tables, address, { existence: true });
    if (result.kind === "found" || result.kind === "failed") return result;
    if (result.kind === "unknown" && undecided.kind === "not-found") undecided = result;
  }
  return undecided;
}

async function checkDelivery(
  context: AdmissionContext,
  given: string,
  resolved: ResolvedAddress,
  role: AddressRole,
): Promise<Outcome> {
  const transport = await transportOf(context, resolved);
  if (transport.kind === "unknown") return uncertain(transport.result, resolved.address);
  if (transport.kind === "failed") return lookupError(given, transport.result.reason, transport.result.place);
  if (transport.kind === "error" || transport.kind === "retry") {
    const isSender = role === "Sender address";
    const { enhanced, text } = splitEnhanced(transport.text, isSender ? "5.1.0" : "5.1.1");
    const words = `<${given}>: ${role} rejected: ${text}`;
    const fixed = enhancedFor(enhanced, role);
    const reply =
      resolved.kind === "virtual-alias" && transport.kind === "error"
        ? replyBy(context, "unknown_virtual_alias_reject_code", fixed, words)
        : replyOf(transport.kind === "error" ? 550 : 450, fixed, words);
    return reject(reply, transport.why, transport.place);
  }
  return resolved.kind === "local" || resolved.kind === "virtual-mailbox" || resolved.kind === "relay"
    ? findUser(context, given, resolved, resolved.kind, role)
    : none(`${resolved.address} is no address of this server`);
}

async function findUser(
  context: AdmissionContext,
  given: string,
  { address }: ResolvedAddress,
  kind: keyof typeof USERS,
  role: AddressRole,
): Promise<Outcome> {
  const { maps, code, name } = USERS[kind];
  if (settingOf(context, maps) === "")
    return none(`${maps} is empty: every address exists`, settingPlace(context, maps));
  if (kind === "local" && isSystemAddress(context, address)) return none(`${address} always exists`);
  const { result } = await findAddress(context.tables, mapsOf(context.tables, maps), address, { existence: true });
  if (result.kind === "found") return none(`${address} is in ${maps}`, result.place);
  if (result.kind === "failed") return lookupError(given, result.reason, result.place);
  if (result.kind === "unknown") return uncertain(result, address);
  const where = isOn(context, "show_user_unknown_table_name") ? ` in ${name}` : "";
  const enhanced = role === "Sender address" ? "5.1.0" : "5.1.1";
  const text = `<${given}>: ${role} rejected: User unknown${where}`;
  return reject(replyBy(context, code, enhanced, text), `${address} is not in ${maps}`, settingPlace(context, maps));
}

function isSystemAddress(context: AdmissionContext, address: string): boolean {
  const local = lowerAscii(address.slice(0, address.lastIndexOf("@")));
  return [settingOf(context, "double_bounce_sender"), "postmaster", "mailer-daemon"].some(
    (name) => lowerAscii(name) === local,
  );
}

/** Nobody here can see whether the address exists. */
function uncertain(result: LookupResult, address: string): Outcome {
  const reason = result.kind === "unknown" ? result.reason : "";
  const place = result.kind === "unknown" ? result.place : null;
  return unknown(`whether ${address} exists: ${reason}`, { mayReject: true, place, ...askAbout(place?.table ?? null) });
}

/** The class of the address is not to be told. */
export function unresolved(resolved: ResolvedAddress, mayPermit = false): Outcome {
  const { decidedBy } = resolved;
  const reason = "reason" in decidedBy ? decidedBy.reason : "whether the machine has that address is not to be seen";
  const table = "pattern" in decidedBy && decidedBy.pattern.text.includes(":") ? decidedBy.pattern.text : null;
  const about = askAbout(table);
  return unknown(`the address class of ${resolved.domain}: ${reason}`, { mayReject: true, mayPermit, ...about });
}
