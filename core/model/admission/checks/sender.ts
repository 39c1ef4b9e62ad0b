import { lowerAscii } from "../../../text/ascii.ts";
import { findAddress } from "../../lookup/find-address.ts";
import { mapsOf } from "../../lookup/find-in-maps.ts";
import { type AdmissionContext, isOn, replyBy } from "../admission-context.ts";
import { askAbout } from "../ask-about.ts";
import { isHostname, withoutTrailingDot } from "../host-syntax.ts";
import { checkListed } from "../listed-address.ts";
import { lookupError, none, type Outcome, reject, unknown } from "../outcome.ts";
import type { Check, Checks } from "./check.ts";

/** Applies a check to a sender that is there and not empty. */
const ofSender =
  (check: (context: AdmissionContext, sender: string) => Outcome | Promise<Outcome>): Check =>
  (context, { said: { sender } }) => {
    if (sender === null) return none("no sender yet");
    return sender === "" ? none("the sender is empty") : check(context, sender);
  };

const ownership = (check: (context: AdmissionContext, sender: string) => Promise<Outcome>): Check =>
  ofSender((context, sender) =>
    isOn(context, "smtpd_sasl_auth_enable")
      ? check(context, sender)
      : none("smtpd_sasl_auth_enable is not yes here: smtpd passes over it"),
  );

export const senderChecks: Checks = {
  reject_non_fqdn_sender: ofSender((context, sender) => checkQualified(context, sender, "Sender address")),
  reject_unlisted_sender: ofSender((context, sender) => checkListed(context, sender, "Sender address")),
  reject_authenticated_sender_login_mismatch: ownership((context, sender) => checkOwned(context, sender, true)),
  reject_unauthenticated_sender_login_mismatch: ownership(checkNotOwned),
  reject_sender_login_mismatch: ownership((context, sender) =>
    context.session.login === null ? checkNotOwned(context, sender) : checkOwned(context, sender, true),
  ),
  reject_known_sender_login_mismatch: ownership((context, sender) =>
    context.session.login === null ? checkNotOwned(context, sender) : checkOwned(context, sender, false),
  ),
};

/** reject_non_fqdn_sender and reject_non_fqdn_recipient. */
export function checkQualified(
  context: AdmissionContext,
  address: string,
  role: "Sender address" | "Recipient address",
): Outcome {
  const at = address.lastIndexOf("@");
  const domain = at === -1 ? "" : address.slice(at + 1);
  if (domain.startsWith("[") && domain.endsWith("]")) return none(`${domain} is an address`);
  const name = withoutTrailingDot(domain);
  if (isHostname(name) && name.includes(".")) return none(`${name} is fully qualified`);
  const text = `<${address}>: ${role} rejected: need fully-qualified address`;
  return reject(replyBy(context, "non_fqdn_reject_code", "4.5.2", text), `${address} is not fully qualified`);
}

/** A client that has logged in must own the sender. `strict`: one that nobody owns is refused too. */
async function checkOwned(context: AdmissionContext, sender: string, strict: boolean): Promise<Outcome> {
  const { login } = context.session;
  if (login === null) return none("the client has not logged in");
  const owners = await ownersOf(context, sender);
  if (typeof owners !== "string" && owners !== null) return owners;
  if (owners === null && !strict) return none(`${sender} has no owner`);
  const names = (owners ?? "").split(/[\s,]+/);
  if (names.some((name) => lowerAscii(name) === lowerAscii(login))) return none(`${login} owns ${sender}`);
  const text = `<${sender}>: Sender address rejected: not owned by user ${login}`;
  return reject({ code: 553, enhanced: "5.7.1", text }, `${sender} belongs to ${owners ?? "nobody"}`);
}

/** A client that has not logged in may not use a sender that somebody owns. */
async function checkNotOwned(context: AdmissionContext, sender: string): Promise<Outcome> {
  if (context.session.login !== null) return none("the client has logged in");
  const owners = await ownersOf(context, sender);
  if (typeof owners !== "string") return owners ?? none(`${sender} has no owner`);
  const text = `<${sender}>: Sender address rejected: not logged in`;
  return reject({ code: 553, enhanced: "5.7.1", text }, `${sender} belongs to ${owners}`);
}

/** The logins that own an address, null for none, an outcome if they are not to be told. */
async function ownersOf(context: AdmissionContext, sender: string): Promise<string | null | Outcome> {
  const { address, kind } = await context.resolve(sender);
  if (kind === "failed") return lookupError(sender, "the address class could not be looked up");
  const { result } = await findAddress(context.tables, mapsOf(context.tables, "smtpd_sender_login_maps"), address);
  if (result.kind === "found") return result.value;
  if (result.kind === "not-found") return null;
  if (result.kind === "failed") return lookupError(sender, result.reason, result.place);
  const about = askAbout(result.place.table);
  return unknown(`the owner of ${address}: ${result.reason}`, { mayReject: true, place: result.place, ...about });
}
