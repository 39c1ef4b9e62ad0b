import { restrictionArgument } from "../../syntax/value/restriction-argument.ts";
import type { RestrictionStep } from "../restrictions.ts";
import type { AdmissionContext, Position } from "./admission-context.ts";
import { applyAction } from "./apply-action.ts";
import { assumedFor } from "./assumptions.ts";
import type { Checks } from "./checks/check.ts";
import { clientChecks } from "./checks/client.ts";
import { dnsChecks, ownRefusal } from "./checks/dns.ts";
import { genericChecks } from "./checks/generic.ts";
import { heloChecks } from "./checks/helo.ts";
import { recipientChecks } from "./checks/recipient.ts";
import { senderChecks } from "./checks/sender.ts";
import { tableChecks, withoutPermit } from "./checks/tables.ts";
import { none, type Outcome, permit, reject, serverError, unknown } from "./outcome.ts";

const CHECKS: Checks = {
  ...genericChecks,
  ...clientChecks,
  ...heloChecks,
  ...dnsChecks,
  ...senderChecks,
  ...recipientChecks,
  ...tableChecks,
  check_policy_service: (_context, _position, step) =>
    unknown("the policy server is not asked from here", {
      mayPermit: true,
      mayReject: true,
      ask: `${step.name} ${step.argument ?? ""}`.trimEnd(),
      answers: ["DUNNO", "its action"],
    }),
};

/** What one step of a list says about a session. What the configuration does not tell is told by an assumption, or is unknown. */
export async function checkRestriction(
  context: AdmissionContext,
  position: Position,
  step: RestrictionStep,
): Promise<Outcome> {
  if (step.kind === "unknown") return serverError(unknownWords(step));
  const takes = restrictionArgument(step.name);
  if ((takes === "table" || takes === "policy-server") && step.argument?.includes(":") !== true) {
    return serverError(`${step.name} needs ${takes === "table" ? "a table" : "a server"}`);
  }
  const check = Object.hasOwn(CHECKS, step.name) ? CHECKS[step.name] : undefined;
  if (check === undefined)
    return unknown(`what ${step.name} does is not known here`, { mayPermit: true, mayReject: true });
  const outcome = await check(context, position, step);
  // What smtpd would not ask, an answer does not change.
  if (outcome.kind !== "unknown" && !BY_CERTIFICATE.has(step.name)) return outcome;
  const told = assumedFor(context.assumptions, step);
  return told === null ? outcome : assumed(context, position, step, told);
}

const BY_CERTIFICATE = new Set(["permit_tls_clientcerts", "permit_tls_all_clientcerts", "check_ccert_access"]);

function unknownWords(step: RestrictionStep): string {
  return step.table === null
    ? `smtpd knows no restriction ${step.name}`
    : `a table cannot stand alone in this list: ${step.name}`;
}

/** An answer told: a word of its own, or an action of access(5). */
function assumed(context: AdmissionContext, position: Position, step: RestrictionStep, told: string): Outcome {
  const word = told.toLowerCase();
  if (word === "pass") return none("as told: pass");
  if (word === "permit") return permit("as told: permit");
  const reply = ownRefusal(context, position, step);
  if (word === "reject" && reply !== null) return reject(reply, "as told: reject");
  if (word === "defer" && reply !== null) {
    return {
      kind: "defer-if-permit",
      reply: { ...reply, code: 450, enhanced: `4${reply.enhanced.slice(1)}` },
      why: "as told: defer",
      place: null,
    };
  }
  const applied = applyAction(context, position, subjectOf(position), told, null);
  const named = { ...applied, why: `as told: ${applied.why}` };
  return SERVER_TABLES.test(step.name) ? withoutPermit(named) : named;
}

const SERVER_TABLES = /_(?:a|mx|ns)_access$/;

function subjectOf(position: Position): { readonly replyName: string; readonly replyClass: Position["replyClass"] } {
  return { replyName: position.replyName, replyClass: position.replyClass };
}
