import { jsonText } from "../../text/json-text.ts";
import { absentMails } from "../../trace/absent-mails.ts";
import { isBorn, type Link } from "../../trace/links.ts";
import type { Mail, SmtpSession } from "../../trace/mail.ts";
import { mailFacts, OUTCOME_WORDS, type RecipientFacts } from "../../trace/mail-facts.ts";
import { mailState } from "../../trace/mail-state.ts";
import type { Step } from "../../trace/step.ts";
import type { Found, Trace } from "../../trace/trace.ts";

/** What was found as JSON, for scripts: what no line says is null. @param names of the logs, as the user gave them */
export function jsonTraces({ traces, sessions }: Found, names: readonly string[]): string {
  const report = {
    traces: traces.map((trace) => traceObject(trace, names)),
    sessions: sessions.map((session) => sessionObject(session, names)),
  };
  return `${jsonText(report, 2)}\n`;
}

function traceObject(trace: Trace, names: readonly string[]): object {
  return {
    mails: trace.mails.map((mail) => mailObject(mail, trace, names)),
    links: trace.links.map(linkObject),
    stored: trace.stored.map((step) => lineObject(step, names)),
  };
}

function mailObject(mail: Mail, trace: Trace, names: readonly string[]): object {
  const facts = mailFacts(mail, isBorn(mail, trace.links));
  return {
    queue_id: mail.queueId,
    host: mail.host,
    sender: facts.sender,
    client: facts.client,
    uid: facts.uid,
    sasl_username: facts.saslUsername,
    message_id: facts.messageId,
    size: facts.size,
    nrcpt: facts.recipientCount,
    state: mailState(facts),
    refused: facts.isRefused,
    removed: facts.isRemoved,
    recipients: facts.recipients.map((recipient) => recipientObject(recipient, names)),
    missing: facts.missing,
    missing_mails: absentMails(mail, trace.mails).map(({ queueId, kind }) => ({ queue_id: queueId, kind })),
    lines: mail.steps.map((step) => lineObject(step, names)),
    session: mail.session === null ? null : sessionObject(mail.session, names),
  };
}

function recipientObject({ address, original, outcome, attempts }: RecipientFacts, names: readonly string[]): object {
  return {
    recipient: address,
    orig_to: original,
    outcome,
    meaning: OUTCOME_WORDS[outcome],
    attempts: attempts.map(({ step, relay, delay, delays, dsn, status, reason, nextIds }) => ({
      ...placeObject(step, names),
      relay,
      delay,
      delays,
      dsn,
      status,
      reason,
      next_queue_ids: nextIds,
    })),
  };
}

function linkObject({ from, to, kind }: Link): object {
  return {
    from: { queue_id: from.queueId, host: from.host, ...beginObject(from) },
    to: { queue_id: to.queueId, host: to.host, ...beginObject(to) },
    kind,
  };
}

/** Ids come again: with its beginning a mail is told from another. */
function beginObject({ steps }: Mail): object {
  return { begin: steps[0]?.place.time ?? null };
}

function sessionObject(session: SmtpSession, names: readonly string[]): object {
  const client = session.connect?.said.kind === "connect" ? session.connect.said.client : null;
  return {
    host: session.host,
    program: session.program,
    pid: session.pid,
    client,
    connect: session.connect === null ? null : lineObject(session.connect, names),
    refusals: session.refusals.map((step) => lineObject(step, names)),
    disconnect: session.disconnect === null ? null : lineObject(session.disconnect, names),
  };
}

function lineObject(step: Step, names: readonly string[]): object {
  const { program, pid, level, said, message } = step;
  return { ...placeObject(step, names), program, pid, level, kind: said.kind, message };
}

function placeObject({ place }: Step, names: readonly string[]): object {
  return { file: names[place.source] ?? null, line: place.line, time: place.time };
}
