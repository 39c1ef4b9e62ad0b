import { lowerAscii } from "../../text/ascii.ts";
import { type RestrictionListName, type RestrictionWalk, restrictionWalks } from "../restrictions.ts";
import { type AdmissionContext, isOn, type Position, positionAt } from "./admission-context.ts";
import { checkListed } from "./listed-address.ts";
import { none, reject } from "./outcome.ts";
import { beforeMail, checkSyntax } from "./own-checks.ts";
import type { Reply, ReplyClass } from "./reply.ts";
import { clientLabel, type Stage } from "./session.ts";
import { type ListEnd, newWalk, record, sent, type Walk, type WalkedStep, walkList } from "./walk-lists.ts";

export type Verdict = "accepted" | "discarded" | "rejected" | "deferred";

/** What smtpd(8) would do with a session, and what of it decided. */
export interface AdmissionReport {
  /** If everything unknown says nothing. */
  readonly verdict: Verdict;
  /** Nothing unknown can turn acceptance into refusal or the other way. */
  readonly isCertain: boolean;
  /** At what the client is answered; with smtpd_delay_reject all is answered at RCPT. */
  readonly stage: Stage;
  /** Null if the mail is taken. */
  readonly reply: Reply | null;
  /** The step that refused, or the one that threw the mail away; null if nothing did. */
  readonly decidedBy: WalkedStep | null;
  readonly steps: readonly WalkedStep[];
}

/** The lists of each stage, and what a refusal without words of its own names. */
const EARLY: readonly { readonly list: RestrictionListName; readonly stage: Stage; readonly replyClass: ReplyClass }[] =
  [
    { list: "smtpd_client_restrictions", stage: "connect", replyClass: "Client host" },
    { list: "smtpd_helo_restrictions", stage: "helo", replyClass: "Helo command" },
    { list: "smtpd_sender_restrictions", stage: "mail", replyClass: "Sender address" },
  ];

const LATE: readonly {
  readonly list: RestrictionListName;
  readonly stage: Stage;
  readonly replyClass: ReplyClass;
  readonly name: string;
}[] = [
  { list: "smtpd_data_restrictions", stage: "data", replyClass: "Data command", name: "DATA" },
  { list: "smtpd_end_of_data_restrictions", stage: "end-of-data", replyClass: "End-of-data", name: "END-OF-MESSAGE" },
];

interface Course {
  readonly walk: Walk;
  readonly walks: readonly RestrictionWalk[];
  /** Something unknown may refuse what is taken. */
  mayReject: boolean;
  /** Something unknown may let pass what is refused. */
  mayPass: boolean;
}

/**
 * Walks one session through every list of a service as smtpd(8) does: one recipient, a client that waits for each answer, no milter and
 * no content yet. The same session on a running smtpd gets the same reply; what it does not depend on a configuration for is unknown.
 */
export async function admit(context: AdmissionContext): Promise<AdmissionReport> {
  const { server, service } = context.tables;
  const walk = newWalk(context);
  const course: Course = { walk, walks: restrictionWalks(server, service), mayReject: false, mayPass: false };
  const early = beforeMail(context);
  if (early !== null) {
    const step = record(walk, { list: null, stage: "mail", name: early.name, step: null, depth: 0 }, early.outcome);
    return refused(course, step, "mail");
  }
  const delayed = isOn(context, "smtpd_delay_reject");
  if (!delayed) {
    const end = await walkEarly(course, (stage) => stage);
    if (end !== null) return refused(course, end, end.stage);
  }
  const syntax = await ownSyntax(course);
  if (syntax !== null) return refused(course, syntax, syntax.stage);
  if (lowerAscii(context.session.recipient) !== "postmaster") {
    const end = delayed ? await walkEarly(course, () => "rcpt") : null;
    const step = end ?? (await walkRecipient(course));
    if (step !== null) return refused(course, step, "rcpt");
  }
  for (const { list, stage, replyClass, name } of LATE) {
    walk.deferIfPermit = null;
    const step = await walkOne(course, list, positionAt(context, stage, name, replyClass));
    const deferred = step ?? deferredBy(course, stage);
    if (deferred !== null) return refused(course, deferred, stage);
  }
  const discarding = walk.steps.find(({ effect }) => effect === "discards") ?? null;
  return {
    verdict: discarding === null ? "accepted" : "discarded",
    isCertain: !course.mayReject,
    stage: "end-of-data",
    reply: null,
    decidedBy: discarding,
    steps: walk.steps,
  };
}

/** Client, HELO and sender. With smtpd_delay_reject all stand at RCPT and know everything. */
async function walkEarly(course: Course, stageOf: (stage: Stage) => Stage): Promise<WalkedStep | null> {
  const { context } = course.walk;
  const { session } = context;
  for (const { list, stage, replyClass } of EARLY) {
    if (list === "smtpd_helo_restrictions" && session.helo === null) continue;
    const name =
      replyClass === "Client host"
        ? clientLabel(session)
        : replyClass === "Helo command"
          ? (session.helo ?? "")
          : session.sender;
    const position = positionAt(context, stageOf(stage), name, replyClass);
    const step = await walkOne(course, list, position);
    if (step !== null) return step;
    if (list === "smtpd_sender_restrictions") {
      const unlisted = await ownListed(course, "smtpd_reject_unlisted_sender", position);
      if (unlisted !== null) return unlisted;
    }
  }
  return null;
}

async function walkRecipient(course: Course): Promise<WalkedStep | null> {
  const { context } = course.walk;
  const position = positionAt(context, "rcpt", context.session.recipient, "Recipient address");
  for (const { list } of course.walks) {
    if (list !== "smtpd_relay_restrictions" && list !== "smtpd_recipient_restrictions") continue;
    const step = await walkOne(course, list, position);
    if (step !== null) return step;
  }
  return deferredBy(course, "rcpt") ?? (await ownListed(course, "smtpd_reject_unlisted_recipient", position));
}

/** The step that refuses, or null. */
async function walkOne(course: Course, list: RestrictionListName, position: Position): Promise<WalkedStep | null> {
  const steps = course.walks.find((walk) => walk.list === list)?.steps ?? [];
  const end: ListEnd = await walkList(course.walk, list, steps, position);
  if (end.mayReject) course.mayReject = true;
  if (end.rejectedBy !== null) course.mayPass = end.mayPass;
  return end.rejectedBy;
}

/** What smtpd makes of an acceptance after something asked for a deferral in that case. */
function deferredBy(course: Course, stage: Stage): WalkedStep | null {
  const { walk } = course;
  const deferral = walk.deferIfPermit;
  if (deferral === null) return null;
  const { list, name, step, depth, outcome } = deferral.step;
  const reply = sent(walk, deferral.reply);
  const walked: WalkedStep = { list, stage, name, step, depth, outcome, effect: "rejects", reply };
  // Something unknown that may permit before it would have ended the list.
  const at = walk.steps.indexOf(deferral.step);
  course.mayPass = walk.steps.some(
    (one, index) => index < at && one.list === list && one.outcome.kind === "unknown" && one.outcome.mayPermit,
  );
  walk.steps.push(walked);
  return walked;
}

/** The addresses smtpd looks up by itself once the lists have let them pass. */
async function ownListed(course: Course, setting: string, position: Position): Promise<WalkedStep | null> {
  const { walk } = course;
  const isSender = position.replyClass === "Sender address";
  const address = isSender ? walk.context.session.sender : walk.context.session.recipient;
  const isDone = isSender ? walk.senderListed : walk.recipientListed;
  if (!isOn(walk.context, setting) || isDone || walk.discards || address === "") return null;
  if (isSender) walk.senderListed = true;
  else walk.recipientListed = true;
  const outcome = await checkListed(walk.context, address, isSender ? "Sender address" : "Recipient address");
  const step = record(walk, { list: null, stage: position.stage, name: setting, step: null, depth: 0 }, outcome);
  if (outcome.kind === "unknown") course.mayReject = true;
  if (step.effect !== "rejects") return null;
  course.mayPass = false;
  return step;
}

async function ownSyntax(course: Course): Promise<WalkedStep | null> {
  const { walk } = course;
  const { sender, recipient } = walk.context.session;
  for (const [address, isSender] of [
    [sender, true],
    [recipient, false],
  ] as const) {
    const outcome =
      address === "" && !isSender
        ? reject({ code: 501, enhanced: "5.1.3", text: "Bad recipient address syntax" }, "there is no recipient")
        : isSender || lowerAscii(address) !== "postmaster"
          ? await checkSyntax(walk.context, address, isSender)
          : none("postmaster is always taken");
    if (outcome.kind === "none") continue;
    const name = isSender ? "MAIL FROM" : "RCPT TO";
    return record(walk, { list: null, stage: isSender ? "mail" : "rcpt", name, step: null, depth: 0 }, outcome);
  }
  return null;
}

function refused(course: Course, step: WalkedStep, stage: Stage): AdmissionReport {
  const { steps } = course.walk;
  const verdict = (step.reply?.code ?? 500) >= 500 ? "rejected" : "deferred";
  return { verdict, isCertain: !course.mayPass, stage, reply: step.reply, decidedBy: step, steps };
}
