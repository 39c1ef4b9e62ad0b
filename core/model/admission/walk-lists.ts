import { type RestrictionListName, type RestrictionStep, stepsOfText } from "../restrictions.ts";
import { type AdmissionContext, isOn, type Position } from "./admission-context.ts";
import { checkRestriction } from "./check-restriction.ts";
import type { Outcome } from "./outcome.ts";
import { type Reply, softened } from "./reply.ts";
import type { Stage } from "./session.ts";

/** What became of an outcome. `warns`: refused on paper only (warn_if_reject). `remembers`: may turn a later answer into “not now”. */
export type StepEffect = "passes" | "permits" | "discards" | "rejects" | "warns" | "remembers" | "unknown";

/** One step of a walk. */
export interface WalkedStep {
  /** The list; null: smtpd checks it by itself. */
  readonly list: RestrictionListName | null;
  readonly stage: Stage;
  /** The restriction with its argument, or the setting behind smtpd's own check. */
  readonly name: string;
  /** Null for smtpd's own checks. */
  readonly step: RestrictionStep | null;
  /** How many tables named each other on the way to it. */
  readonly depth: number;
  readonly outcome: Outcome;
  readonly effect: StepEffect;
  /** As the client gets it; null unless it refuses. */
  readonly reply: Reply | null;
}

/** What a walk carries from list to list, and what it has seen. */
export interface Walk {
  readonly context: AdmissionContext;
  readonly steps: WalkedStep[];
  deferIfPermit: Deferral | null;
  deferIfReject: Deferral | null;
  discards: boolean;
  senderListed: boolean;
  recipientListed: boolean;
}

export interface Deferral {
  readonly reply: Reply;
  readonly step: WalkedStep;
}

/** How a list ends: by the outcome we take, and otherwise if something unknown decides. */
export interface ListEnd {
  readonly rejectedBy: WalkedStep | null;
  readonly mayPass: boolean;
  readonly mayReject: boolean;
}

const PASSES: ListEnd = { rejectedBy: null, mayPass: true, mayReject: false };

/** Tables that name restrictions that ask tables: smtpd stops at a hundred. */
const DEEPEST = 100;

export function newWalk(context: AdmissionContext): Walk {
  return {
    context,
    steps: [],
    deferIfPermit: null,
    deferIfReject: null,
    discards: false,
    senderListed: false,
    recipientListed: false,
  };
}

/** Walks one list: generic_checks() of Postfix. What is unknown is taken to say nothing, and remembered in the end. */
export async function walkList(
  walk: Walk,
  list: RestrictionListName,
  steps: readonly RestrictionStep[],
  position: Position,
): Promise<ListEnd> {
  walk.deferIfReject = null;
  const possible = { pass: false, reject: false };
  const end = await walkSteps(walk, list, steps, position, 0, possible);
  if (end !== null && end.effect === "rejects") {
    return { rejectedBy: end, mayPass: possible.pass, mayReject: true };
  }
  return { ...PASSES, mayReject: possible.reject };
}

/** The step that ended the list, or null if none did. */
async function walkSteps(
  walk: Walk,
  list: RestrictionListName,
  steps: readonly RestrictionStep[],
  position: Position,
  depth: number,
  possible: { pass: boolean; reject: boolean },
): Promise<WalkedStep | null> {
  for (const step of steps) {
    if (walk.discards || (walk.deferIfPermit !== null && walk.deferIfReject !== null)) return null;
    if (isChecked(walk, step)) continue;
    const outcome = await checkRestriction(walk.context, position, step);
    const walked = record(walk, { list, stage: position.stage, name: nameOf(step), step, depth }, outcome);
    if (outcome.kind === "unknown") {
      if (outcome.mayPermit) possible.pass = true;
      if (outcome.mayReject && !step.warnOnly) possible.reject = true;
    }
    if (walked.effect === "permits" || walked.effect === "discards" || walked.effect === "rejects") return walked;
    if (outcome.kind === "restrictions" && depth < DEEPEST) {
      const { server, service } = walk.context.tables;
      const named = stepsOfText(server, service, outcome.text);
      const inner = step.warnOnly ? named.map((one) => ({ ...one, warnOnly: true })) : named;
      const end = await walkSteps(walk, list, inner, position, depth + 1, possible);
      if (end !== null) return end;
    }
  }
  return null;
}

/** Puts down a step and what it changes. */
export function record(
  walk: Walk,
  about: Pick<WalkedStep, "list" | "stage" | "name" | "step" | "depth">,
  outcome: Outcome,
): WalkedStep {
  const warned = about.step?.warnOnly === true;
  const walked: WalkedStep = { ...about, outcome, ...effectOf(walk, outcome, warned) };
  walk.steps.push(walked);
  if (walked.effect === "discards") walk.discards = true;
  if (walked.effect === "remembers" && "reply" in outcome) {
    const deferral = { reply: outcome.reply, step: walked };
    if (outcome.kind === "defer-if-permit") walk.deferIfPermit ??= deferral;
    else walk.deferIfReject ??= deferral;
  }
  return walked;
}

function effectOf(walk: Walk, outcome: Outcome, warned: boolean): Pick<WalkedStep, "effect" | "reply"> {
  switch (outcome.kind) {
    case "none":
    case "restrictions":
      return { effect: "passes", reply: null };
    case "permit":
      return { effect: "permits", reply: null };
    case "discard":
      return { effect: "discards", reply: null };
    case "unknown":
      return { effect: "unknown", reply: null };
    case "defer-if-permit":
      return { effect: warned ? "warns" : "remembers", reply: null };
    // It softens a refusal, so warn_if_reject has nothing to disarm.
    case "defer-if-reject":
      return { effect: "remembers", reply: null };
    case "reject":
      return warned
        ? { effect: "warns", reply: outcome.reply }
        : { effect: "rejects", reply: sent(walk, outcome.reply) };
    default:
      return { effect: "rejects", reply: sent(walk, outcome.reply) };
  }
}

/** An earlier doubt and soft_bounce turn “never” into “not now”. */
export function sent(walk: Walk, reply: Reply): Reply {
  const doubted = reply.code >= 500 && walk.deferIfReject !== null ? walk.deferIfReject.reply : reply;
  return isOn(walk.context, "soft_bounce") ? softened(doubted) : doubted;
}

/** smtpd looks an address up once, unless warn_if_reject stood before it. */
function isChecked(walk: Walk, step: RestrictionStep): boolean {
  if (step.name === "reject_unlisted_sender") {
    if (walk.senderListed) return true;
    walk.senderListed = !step.warnOnly;
  } else if (step.name === "reject_unlisted_recipient" || step.name === "check_recipient_maps") {
    if (walk.recipientListed) return true;
    walk.recipientListed = !step.warnOnly;
  }
  return false;
}

function nameOf(step: RestrictionStep): string {
  return step.argument === null || step.argument === step.name ? step.name : `${step.name} ${step.argument}`;
}
