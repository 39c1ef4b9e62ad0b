import type { LookupPlace } from "../../lookup/lookup-result.ts";
import { matchList } from "../../lookup/match-list.ts";
import { type AdmissionContext, isOn, replyBy, settingOf } from "../admission-context.ts";
import { listPlace } from "../config-place.ts";
import { checkListed, unresolved } from "../listed-address.ts";
import { lookupError, none, type Outcome, permit, reject, unknown } from "../outcome.ts";
import { replyOf } from "../reply.ts";
import type { ResolvedAddress } from "../resolve-address.ts";
import type { Check, Checks } from "./check.ts";
import { checkQualified } from "./sender.ts";

const ofRecipient =
  (
    check: (context: AdmissionContext, recipient: string, position: Parameters<Check>[1]) => Outcome | Promise<Outcome>,
  ): Check =>
  (context, position) => {
    const { recipient } = position.said;
    return recipient === null ? none("no recipient yet") : check(context, recipient, position);
  };

const listed = ofRecipient((context, recipient) =>
  recipient === "" ? none("the recipient is empty") : checkListed(context, recipient, "Recipient address"),
);

export const recipientChecks: Checks = {
  reject_non_fqdn_recipient: ofRecipient((context, recipient) =>
    checkQualified(context, recipient, "Recipient address"),
  ),
  reject_unlisted_recipient: listed,
  check_recipient_maps: listed,
  permit_auth_destination: ofRecipient(async (context, recipient) => {
    const destination = await destinationOf(context, recipient);
    if (destination.kind === "unsure") return destination.outcome(true);
    return destination.kind === "authorised"
      ? permit(destination.why, destination.place)
      : none(destination.why, destination.place);
  }),
  reject_unauth_destination: ofRecipient((context, recipient) => relayDenied(context, recipient, 0)),
  defer_unauth_destination: ofRecipient((context, recipient) => relayDenied(context, recipient, 100)),
  permit_mx_backup: ofRecipient(async (context, recipient) => {
    const destination = await destinationOf(context, recipient);
    if (destination.kind === "unsure") return destination.outcome(true);
    if (destination.kind === "authorised") return permit(destination.why, destination.place);
    if (recipient.endsWith("]")) return none(destination.why, destination.place);
    return unknown("the DNS is not asked from here who the mail exchangers are", {
      mayPermit: true,
      ask: "permit_mx_backup",
      answers: ["permit", "pass"],
    });
  }),
  check_relay_domains: ofRecipient(async (context, recipient) => {
    const host = context.session.clientName ?? "unknown";
    const client = await matchList(context.tables, "relay_domains", { host });
    if (client.kind === "listed") return permit(`the client ${host} is in relay_domains`);
    const destination = await destinationOf(context, recipient);
    if (destination.kind === "unsure") return destination.outcome(true);
    if (destination.kind === "authorised") return permit(destination.why, destination.place);
    const text = `<${recipient}>: Recipient address rejected: Relay access denied`;
    return reject(replyBy(context, "relay_domains_reject_code", "5.7.1", text), destination.why);
  }),
  permit_dnswl_client: allowList,
  permit_rhswl_client: allowList,
};

type Destination =
  | { readonly kind: "authorised" | "foreign"; readonly why: string; readonly place: LookupPlace | null }
  | { readonly kind: "unsure"; readonly outcome: (mayPermit: boolean) => Outcome };

/** Whether mail for an address is this server's to take: permit_auth_destination() of Postfix. */
async function destinationOf(context: AdmissionContext, recipient: string): Promise<Destination> {
  const resolved = await context.resolve(recipient);
  if (resolved.kind === "failed") {
    return { kind: "unsure", outcome: () => lookupError(recipient, "the address class could not be looked up") };
  }
  if (resolved.kind === "unknown")
    return { kind: "unsure", outcome: (mayPermit) => destinationUnknown(resolved, mayPermit) };
  if (resolved.routed && !isOn(context, "allow_untrusted_routing")) {
    return { kind: "foreign", why: `${resolved.address} routes on to somebody else`, place: null };
  }
  if (resolved.kind === "foreign") {
    return { kind: "foreign", why: `${resolved.domain} is in no address class of this server`, place: null };
  }
  const why = `${resolved.domain} is ${CLASS_WORDS[resolved.kind]}`;
  return { kind: "authorised", why, place: listPlace(resolved.decidedBy) };
}

const CLASS_WORDS = {
  local: "a local domain",
  "virtual-alias": "a virtual alias domain",
  "virtual-mailbox": "a virtual mailbox domain",
  relay: "a relay domain",
} as const;

function destinationUnknown(resolved: ResolvedAddress, mayPermit: boolean): Outcome {
  const outcome = unresolved(resolved);
  return outcome.kind === "unknown" ? { ...outcome, mayPermit, mayReject: !mayPermit } : outcome;
}

async function relayDenied(context: AdmissionContext, recipient: string, less: number): Promise<Outcome> {
  const destination = await destinationOf(context, recipient);
  if (destination.kind === "unsure") return destination.outcome(false);
  if (destination.kind === "authorised") return none(destination.why, destination.place);
  const code = Number(settingOf(context, "relay_domains_reject_code")) - less;
  return reject(replyOf(code, "5.7.1", `<${recipient}>: Relay access denied`), destination.why);
}

/** A list in the DNS that permits: never a recipient that is not this server's, once there is one. */
async function allowList(...[context, position, step]: Parameters<Check>): Promise<Outcome> {
  const { recipient } = position.said;
  if (recipient !== null && position.stage === "rcpt") {
    const destination = await destinationOf(context, recipient);
    if (destination.kind === "foreign") return none(destination.why, destination.place);
  }
  if (step.argument === null) return none("no domain is given: smtpd passes over it");
  return unknown(`the DNS is not asked from here whether ${step.argument} lists the client`, {
    mayPermit: true,
    ask: `${step.name} ${step.argument.split("=", 1)[0] ?? ""}`,
    answers: ["permit", "pass"],
  });
}
