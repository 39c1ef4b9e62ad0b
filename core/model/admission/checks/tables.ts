import {
  type AccessKey,
  addressKeys,
  clientKeys,
  emailKeys,
  hostKeys,
  lookUpAccess,
} from "../../lookup/access-keys.ts";
import type { RestrictionStep } from "../../restrictions.ts";
import { type AdmissionContext, isOn, type Position } from "../admission-context.ts";
import { applyAction, type Subject } from "../apply-action.ts";
import { askAbout } from "../ask-about.ts";
import { none, type Outcome, serverError, unknown } from "../outcome.ts";
import { replyOf } from "../reply.ts";
import { clientLabel } from "../session.ts";
import type { Check, Checks } from "./check.ts";

/** The keys a table is asked for, and what a refusal names; a text says why it is not asked. */
type Question = { readonly keys: readonly AccessKey[]; readonly subject: Subject } | string;

const asking =
  (question: (context: AdmissionContext, position: Position) => Question | Promise<Question>): Check =>
  async (context, position, step) => {
    const asked = await question(context, position);
    return typeof asked === "string" ? none(asked) : lookUpAction(context, position, step, asked.keys, asked.subject);
  };

const client: Check = asking((context) => {
  const { session, tables } = context;
  const subject: Subject = { replyName: clientLabel(session), replyClass: "Client host" };
  return { keys: clientKeys(tables, session.clientName ?? "unknown", session.clientAddress), subject };
});

const reverseClient: Check = asking((context) => {
  const { session, tables } = context;
  const name = session.reverseName ?? session.clientName ?? "unknown";
  const subject: Subject = { replyName: name, replyClass: "Unverified Client host" };
  return { keys: [...hostKeys(tables, name), ...addressKeys(session.clientAddress)], subject };
});

const helo: Check = asking((context, { said }) => {
  if (said.helo === null) return "no HELO yet";
  return { keys: hostKeys(context.tables, said.helo), subject: { replyName: said.helo, replyClass: "Helo command" } };
});

const sender: Check = asking(async (context, { said }) => {
  if (said.sender === null) return "no sender yet";
  const subject: Subject = { replyName: said.sender, replyClass: "Sender address" };
  const address = said.sender === "" ? "" : (await context.resolve(said.sender)).address;
  return { keys: emailKeys(context.tables, address), subject };
});

const recipient: Check = async (context, position, step) => {
  const { recipient: given } = position.said;
  if (given === null) return none("no recipient yet");
  const resolved = await context.resolve(given);
  const subject: Subject = { replyName: given, replyClass: "Recipient address" };
  const outcome = await lookUpAction(context, position, step, emailKeys(context.tables, resolved.address), subject);
  // Too suspicious for an OK: the mail may be for somebody behind the server it is addressed to.
  if (outcome.kind === "permit" && resolved.routed && !isOn(context, "allow_untrusted_routing")) {
    return none(`${outcome.why}: not for ${given}, which routes on to somebody else`, outcome.place);
  }
  return outcome;
};

const login: Check = asking((context) => {
  const { session } = context;
  if (!isOn(context, "smtpd_sasl_auth_enable")) return "smtpd_sasl_auth_enable is not yes here: smtpd passes over it";
  if (session.login === null) return "the client has not logged in";
  const subject: Subject = { replyName: session.login, replyClass: "SASL login name" };
  return { keys: [{ key: session.login, partial: false }], subject };
});

/** Tables asked for the hosts that the DNS names for a domain: what they are is not known here. An OK in them is an error to smtpd. */
const serversOf =
  (what: (context: AdmissionContext, position: Position) => string | null): Check =>
  (context, position, step) => {
    const name = what(context, position);
    if (name === null || name === "" || name === "unknown") return none("there is nothing to look up");
    const record = step.name.split("_").at(-2) ?? "";
    return unknown(`the DNS is not asked from here for the ${RECORDS[record] ?? record} of ${name}`, {
      mayReject: true,
      ask: `${step.name} ${step.argument ?? ""}`.trimEnd(),
      answers: ["pass", "an action of the table"],
    });
  };

const RECORDS: Readonly<Record<string, string>> = { a: "addresses", mx: "mail exchangers", ns: "name servers" };

const clientHost = serversOf(({ session }) => session.clientName);
const reverseHost = serversOf(({ session }) => session.reverseName ?? session.clientName);
const heloHost = serversOf((_context, { said }) => said.helo);
const senderDomain = serversOf((_context, { said }) => said.sender);
const recipientDomain = serversOf((_context, { said }) => said.recipient);

export const tableChecks: Checks = {
  check_client_access: client,
  check_reverse_client_hostname_access: async (context, position, step) =>
    withoutPermit(await reverseClient(context, position, step)),
  check_helo_access: helo,
  check_sender_access: sender,
  check_recipient_access: recipient,
  check_sasl_access: login,
  check_etrn_access: () => none("this is no ETRN"),
  check_client_a_access: clientHost,
  check_client_mx_access: clientHost,
  check_client_ns_access: clientHost,
  check_reverse_client_hostname_a_access: reverseHost,
  check_reverse_client_hostname_mx_access: reverseHost,
  check_reverse_client_hostname_ns_access: reverseHost,
  check_helo_a_access: heloHost,
  check_helo_mx_access: heloHost,
  check_helo_ns_access: heloHost,
  check_sender_a_access: senderDomain,
  check_sender_mx_access: senderDomain,
  check_sender_ns_access: senderDomain,
  check_recipient_a_access: recipientDomain,
  check_recipient_mx_access: recipientDomain,
  check_recipient_ns_access: recipientDomain,
};

/** smtpd refuses to whitelist by what strangers write into the DNS. */
export function withoutPermit(outcome: Outcome): Outcome {
  if (outcome.kind !== "permit" && outcome.kind !== "discard") return outcome;
  return serverError("OK is not allowed here: smtpd wants DUNNO", outcome.place);
}

async function lookUpAction(
  context: AdmissionContext,
  position: Position,
  step: RestrictionStep,
  keys: readonly AccessKey[],
  subject: Subject,
): Promise<Outcome> {
  const table = step.argument ?? "";
  const { result } = await lookUpAccess(context.tables, table, keys);
  if (result.kind === "not-found") return none("no entry");
  if (result.kind === "found" && result.value !== "") {
    return applyAction(context, position, subject, result.value, result.place);
  }
  if (result.kind === "unknown") {
    const about = askAbout(result.place.table);
    return unknown(result.reason, { mayPermit: true, mayReject: true, place: result.place, ...about });
  }
  const { replyName, replyClass } = subject;
  const text = `<${replyName}>: ${replyClass} rejected: Server configuration error`;
  const why = result.kind === "failed" ? result.reason : "the entry is empty";
  // Unlike other errors this one is a refusal like any: warn_if_reject disarms it.
  return { kind: "reject", reply: replyOf(451, "4.3.5", text), why, place: result.place };
}
