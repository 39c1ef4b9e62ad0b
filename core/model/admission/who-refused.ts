import { type RestrictionStep, type RestrictionWalk, restrictionWalks } from "../restrictions.ts";
import { type AdmissionContext, type Position, positionAt } from "./admission-context.ts";
import { admit } from "./admit.ts";
import { checkRestriction } from "./check-restriction.ts";
import { ownRefusal } from "./checks/dns.ts";
import type { ReplyClass } from "./reply.ts";
import { clientLabel, type Stage } from "./session.ts";
import type { WalkedStep } from "./walk-lists.ts";

/** What a log says a client was answered. */
export interface LoggedReply {
  /** After the enhanced code, such as `<anna@example.com>: Relay access denied`. */
  readonly text: string;
}

/**
 * The step of the configuration that gave a reply which a log shows, or null if none of it would give it (it has changed since, or a
 * milter or the content spoke). `guessed`: the reply does not say who gave it, and the one policy server of the lists is left.
 */
export async function whoRefused(
  context: AdmissionContext,
  logged: LoggedReply,
): Promise<{ readonly step: WalkedStep; readonly isGuess: boolean } | null> {
  const report = await admit(context);
  const said = report.steps.find(({ outcome }) => "reply" in outcome && outcome.reply.text === logged.text);
  if (said !== undefined) return { step: said, isGuess: false };
  const { server, service } = context.tables;
  const walks = restrictionWalks(server, service);
  for (const { walk, step, position } of everyStep(context, walks)) {
    const walked = await wouldSay(context, walk, step, position, logged);
    if (walked !== null) return { step: walked, isGuess: false };
  }
  const policies = report.steps.filter(({ step }) => step?.name === "check_policy_service");
  const [only] = policies;
  return only !== undefined && policies.length === 1 ? { step: only, isGuess: true } : null;
}

/** Steps behind one that ended the walk too: the log knows of answers (of the DNS, of a policy server) that we do not. */
function* everyStep(
  context: AdmissionContext,
  walks: readonly RestrictionWalk[],
): Generator<{ readonly walk: RestrictionWalk; readonly step: RestrictionStep; readonly position: Position }> {
  for (const walk of walks) {
    const position = LISTS[walk.list]?.(context);
    if (position === undefined) continue;
    for (const step of walk.steps) yield { walk, step, position };
  }
}

async function wouldSay(
  context: AdmissionContext,
  walk: RestrictionWalk,
  step: RestrictionStep,
  position: Position,
  logged: LoggedReply,
): Promise<WalkedStep | null> {
  const outcome = await checkRestriction(context, position, step);
  const own = ownRefusal(context, position, step);
  // A block list's own words may follow ours.
  const says =
    ("reply" in outcome && outcome.reply.text === logged.text) ||
    (outcome.kind === "unknown" && own !== null && logged.text.startsWith(own.text));
  if (!says) return null;
  const name = step.argument === null ? step.name : `${step.name} ${step.argument}`;
  const reply = "reply" in outcome ? outcome.reply : own;
  return { list: walk.list, stage: position.stage, name, step, depth: 0, outcome, effect: "rejects", reply };
}

const at =
  (stage: Stage, replyClass: ReplyClass, nameOf: (context: AdmissionContext) => string) =>
  (context: AdmissionContext): Position =>
    positionAt(context, stage, nameOf(context), replyClass);

const LISTS: Readonly<Record<string, (context: AdmissionContext) => Position>> = {
  smtpd_client_restrictions: at("rcpt", "Client host", ({ session }) => clientLabel(session)),
  smtpd_helo_restrictions: at("rcpt", "Helo command", ({ session }) => session.helo ?? ""),
  smtpd_sender_restrictions: at("rcpt", "Sender address", ({ session }) => session.sender),
  smtpd_relay_restrictions: at("rcpt", "Recipient address", ({ session }) => session.recipient),
  smtpd_recipient_restrictions: at("rcpt", "Recipient address", ({ session }) => session.recipient),
  smtpd_data_restrictions: at("data", "Data command", () => "DATA"),
  smtpd_end_of_data_restrictions: at("end-of-data", "End-of-data", () => "END-OF-MESSAGE"),
};
