import type { RestrictionStep } from "../../restrictions.ts";
import { type AdmissionContext, type Position, replyBy } from "../admission-context.ts";
import { none, type Outcome, reject, unknown } from "../outcome.ts";
import type { Reply } from "../reply.ts";
import { blockListReply } from "./block-list-reply.ts";
import type { Check, Checks } from "./check.ts";
import replies from "./dns-replies.json" with { type: "json" };

/** The reply of a check that asks the DNS or probes an address. Braces name what the client said. */
interface DnsReply {
  readonly code: string;
  readonly enhanced: string;
  readonly text: string;
}

const REPLIES: Readonly<Record<string, DnsReply>> = replies;

/** Nobody asks the DNS from here: what it would say is told by whoever asks, or is unknown. */
export function byDns(_context: AdmissionContext, _position: Position, step: RestrictionStep): Outcome {
  return unknown("the DNS is not asked from here", {
    mayReject: true,
    ask: step.name,
    answers: ["pass", "reject", "defer"],
  });
}

/** What the restriction answers if its check turns out against the client; null for one without such a reply. */
export function ownRefusal(context: AdmissionContext, position: Position, step: RestrictionStep): Reply | null {
  const known = REPLIES[step.name];
  if (known !== undefined) {
    const text = known.text
      .replaceAll("{address}", () => context.session.clientAddress)
      .replaceAll("{helo}", () => position.said.helo ?? "")
      .replaceAll("{sender}", () => position.said.sender ?? "")
      .replaceAll("{recipient}", () => position.said.recipient ?? "");
    return replyBy(context, known.code, known.enhanced, text);
  }
  return blockListReply(context, position, step);
}

const clientName: Check = (context, position, step) => {
  const { clientName: name } = context.session;
  return byName(context, position, step, name);
};

const reverseName: Check = (context, position, step) => {
  const { reverseName: reverse, clientName: name } = context.session;
  return byName(context, position, step, reverse ?? (name === "unknown" ? null : name));
};

function byName(context: AdmissionContext, position: Position, step: RestrictionStep, name: string | null): Outcome {
  if (name === null) return byDns(context, position, step);
  if (name !== "unknown") return none(`the client's name is ${name}`);
  const reply = ownRefusal(context, position, step);
  return reply === null ? none("the client has no name") : reject(reply, "the client has no name");
}

/** Asked for domains of others only: those that are this server's own exist. */
const domainOf =
  (who: "sender" | "recipient"): Check =>
  async (context, position, step) => {
    const address = position.said[who];
    if (address === null) return none(`no ${who} yet`);
    if (address === "") return none("the sender is empty");
    const resolved = await context.resolve(address);
    if (OWN.has(resolved.kind)) return none(`${resolved.domain} is this server's own domain`);
    if (resolved.domain.startsWith("[")) return none(`${resolved.domain} is an address`);
    return byDns(context, position, step);
  };

const OWN: ReadonlySet<string> = new Set(["local", "virtual-alias", "virtual-mailbox"]);

const probe =
  (who: "sender" | "recipient"): Check =>
  (_context, position, step) => {
    const address = position.said[who];
    if (address === null) return none(`no ${who} yet`);
    if (address === "") return none(`the ${who} is empty`);
    return unknown("nobody is asked from here whether the address exists", {
      mayReject: true,
      ask: step.name,
      answers: ["pass", "reject", "defer"],
    });
  };

/** A list of addresses or names in the DNS that refuses. `needs`: what must be known for it to be asked at all. */
const blockList =
  (subject: (context: AdmissionContext, position: Position) => string | null): Check =>
  (context, position, step) => {
    if (step.argument === null) return none("no domain is given: smtpd passes over it");
    const what = subject(context, position);
    if (what === null || what === "") return none("there is nothing to look up");
    return unknown(`the DNS is not asked from here whether ${step.argument} lists ${what}`, {
      mayReject: true,
      ask: `${step.name} ${step.argument.split("=", 1)[0] ?? ""}`,
      answers: ["pass", "reject"],
    });
  };

const address = (context: AdmissionContext): string => context.session.clientAddress;
const verifiedName = (context: AdmissionContext): string | null => knownName(context.session.clientName);
const unverifiedName = (context: AdmissionContext): string | null =>
  knownName(context.session.reverseName ?? context.session.clientName);

/** `unknown` is never looked up; a name that was not told may be. */
function knownName(name: string | null): string | null {
  return name === null ? "the client's name" : name === "unknown" ? null : name;
}

function domainPart(mail: string | null): string | null {
  if (mail === null) return null;
  const domain = mail.slice(mail.lastIndexOf("@") + 1);
  return domain.startsWith("[") ? null : domain;
}

export const dnsChecks: Checks = {
  reject_unknown_client_hostname: clientName,
  reject_unknown_client: clientName,
  reject_unknown_reverse_client_hostname: reverseName,
  reject_unknown_sender_domain: domainOf("sender"),
  reject_unknown_address: domainOf("sender"),
  reject_unknown_recipient_domain: domainOf("recipient"),
  reject_unverified_sender: probe("sender"),
  reject_unverified_recipient: probe("recipient"),
  reject_rbl_client: blockList(address),
  reject_rbl: blockList(address),
  reject_rhsbl_client: blockList(verifiedName),
  reject_rhsbl_reverse_client: blockList(unverifiedName),
  reject_rhsbl_helo: blockList((_context, { said }) => said.helo),
  reject_rhsbl_sender: blockList((_context, { said }) => domainPart(said.sender)),
  reject_rhsbl_recipient: blockList((_context, { said }) => domainPart(said.recipient)),
  reject_maps_rbl: blockList(address),
};
