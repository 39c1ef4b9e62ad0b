import { visibleText } from "../../text/visible-text.ts";
import { absentMails } from "../../trace/absent-mails.ts";
import { isBorn } from "../../trace/links.ts";
import type { Mail, SmtpSession } from "../../trace/mail.ts";
import {
  type Attempt,
  MISSING_WORDS,
  mailFacts,
  OUTCOME_WORDS,
  type Outcome,
  type RecipientFacts,
} from "../../trace/mail-facts.ts";
import { mailState, STATE_WORDS } from "../../trace/mail-state.ts";
import type { Step } from "../../trace/step.ts";
import type { Found, Trace } from "../../trace/trace.ts";
import { secondsText } from "../log/wording.ts";
import type { Painter, Style } from "../terminal/style.ts";
import { absentWords, LINK_WORDS } from "./link-words.ts";

/** What was found, for people at a terminal. Text of the logs is made harmless. @param names of the logs, as the user gave them */
export function prettyTraces({ traces, sessions }: Found, names: readonly string[], paint: Painter): string {
  const count = traces.length;
  const parts = [
    ...traces.map((trace, index) => {
      const title = count === 1 ? "" : `${paint("underline", `Story ${index + 1} of ${count}`)}\n`;
      return title + traceText(trace, names, paint);
    }),
    ...sessions.map((session) => sessionText(session, names, paint)),
  ];
  return parts.join("\n");
}

function traceText(trace: Trace, names: readonly string[], paint: Painter): string {
  const mails = trace.mails.map((mail) => mailText(mail, trace, names, paint)).join("\n");
  if (trace.stored.length === 0) return mails;
  const stored = trace.stored.map((step) => lineText(step, names, paint)).join("");
  return `${mails}\n${paint("bold", "By its message-id")}\n${stored}`;
}

function mailText(mail: Mail, trace: Trace, names: readonly string[], paint: Painter): string {
  const facts = mailFacts(mail, isBorn(mail, trace.links));
  const came = trace.links.find(({ to }) => to === mail);
  const host = mail.host === null ? "" : ` on ${visibleText(mail.host)}`;
  const origin = came === undefined ? "" : ` (${LINK_WORDS[came.kind]} ${came.from.queueId})`;
  const client = facts.client ?? (facts.uid === null ? null : `local user ${facts.uid}`);
  const rows: (readonly [string, string | null])[] = [
    ["from", facts.sender === null ? null : `<${facts.sender}>`],
    ["client", facts.saslUsername === null ? client : `${client ?? ""} as ${facts.saslUsername}`],
    ["message-id", facts.messageId],
    ["size", facts.size === null ? null : `${facts.size} bytes`],
    ["recipients", facts.recipientCount === null ? null : String(facts.recipientCount)],
  ];
  const known = rows.flatMap(([name, value]) => (value === null ? [] : [row(name, visibleText(value), paint)]));
  const recipients = facts.recipients.map((recipient) => recipientText(recipient, paint));
  const missing = facts.missing.map((line) => row("missing", MISSING_WORDS[line], paint, "yellow"));
  return [
    `${paint("bold", `${mail.queueId}${host}`)}${origin}\n`,
    ...known,
    row("state", STATE_WORDS[mailState(facts)], paint),
    ...recipients,
    ...missing,
    ...absentMails(mail, trace.mails).map((absent) => row("missing", absentWords(absent), paint, "yellow")),
    ...mail.steps.map((step) => lineText(step, names, paint)),
    ...(mail.session?.refusals ?? []).map((step) => lineText(step, names, paint)),
  ].join("");
}

const OUTCOME_STYLE: Readonly<Record<Outcome, Style>> = {
  accepted: "green",
  deferred: "yellow",
  bounced: "red",
  expired: "red",
  other: "yellow",
};

function recipientText({ address, original, outcome, attempts }: RecipientFacts, paint: Painter): string {
  const alias = original === null ? "" : ` (was ${visibleText(`<${original}>`)})`;
  const last = attempts.at(-1);
  const relay = outcome === "accepted" && last !== undefined ? `, ${visibleText(last.relay ?? "unknown")}` : "";
  const tries = attempts.length === 1 ? "" : `, ${attempts.length} attempts`;
  const head = `${visibleText(`<${address}>`)}${alias}: ${paint(OUTCOME_STYLE[outcome], OUTCOME_WORDS[outcome])}${relay}${tries}`;
  return row("to", head, paint) + (last === undefined ? "" : attemptText(last, attempts.length > 1, paint));
}

/** @param isRetry there was one before: Postfix counts it and the wait since then into the time before the queue */
function attemptText({ delay, delays, dsn, reason }: Attempt, isRetry: boolean, paint: Painter): string {
  const earlier = isRetry ? " (with the attempts before this one)" : "";
  const times =
    delays === null
      ? ""
      : `: ${secondsText(delays.before)} before the queue${earlier}, ${secondsText(delays.queue)} in it, ${secondsText(delays.connect)} connecting, ${secondsText(delays.transmit)} transmitting`;
  const said = [dsn, reason].filter((text) => text !== null && text !== "").join(" ");
  const lines = [visibleText(said), delay === null ? "" : `after ${secondsText(delay)}${times}`].filter(
    (text) => text !== "",
  );
  return lines.map((text) => row("", paint("dim", text), paint)).join("");
}

function sessionText(session: SmtpSession, names: readonly string[], paint: Painter): string {
  const { connect, disconnect, refusals, host, program, pid } = session;
  const client = connect?.said.kind === "connect" ? connect.said.client : null;
  const process = visibleText(
    `${program ?? "smtpd"}${pid === null ? "" : `[${pid}]`}${host === null ? "" : ` on ${host}`}`,
  );
  const missing = connect === null && program?.endsWith("postscreen") !== true;
  return [
    `${paint("bold", "Refused before there was a queue file")} by ${process}${client === null ? "" : `, client ${visibleText(client)}`}\n`,
    ...(missing ? [row("missing", "the line connect from, which begins the session", paint, "yellow")] : []),
    ...[connect, ...refusals, disconnect].flatMap((step) => (step === null ? [] : [lineText(step, names, paint)])),
  ].join("");
}

function row(name: string, value: string, paint: Painter, style: Style = "dim"): string {
  return `  ${paint(style, name.padEnd(10))} ${value}\n`;
}

function lineText({ place, program, pid, message }: Step, names: readonly string[], paint: Painter): string {
  const where = `${visibleText(names[place.source] ?? "?")}:${place.line}`;
  const process = visibleText(`${program ?? ""}${pid === null ? "" : `[${pid}]`}`);
  const head = [where, place.time ?? "", process].filter((text) => text !== "").join(" ");
  return `    ${paint("dim", head)} ${visibleText(message)}\n`;
}
