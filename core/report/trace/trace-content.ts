import { absentMails } from "../../trace/absent-mails.ts";
import { isBorn } from "../../trace/links.ts";
import type { Mail } from "../../trace/mail.ts";
import {
  type Attempt,
  type MailFacts,
  MISSING_WORDS,
  mailFacts,
  OUTCOME_WORDS,
  type Outcome,
} from "../../trace/mail-facts.ts";
import { mailState, STATE_WORDS } from "../../trace/mail-state.ts";
import type { Step } from "../../trace/step.ts";
import type { Trace } from "../../trace/trace.ts";
import { type Html, html } from "../html/html.ts";
import { bars, type Colour, number, section } from "../log/html/ink.ts";
import { secondsText } from "../log/wording.ts";
import { absentWords, LINK_WORDS } from "./link-words.ts";

/** What of a trace is drawn: nobody reads more, and a view of 100,000 rows stalls. */
const MOST_MAILS = 60;
const MOST_ATTEMPTS = 300;
const MOST_LINES = 1000;

/** A trace's name for a view's title. */
export function traceTitle({ mails }: Trace): string {
  return `Mail ${mails[0]?.queueId ?? ""}`;
}

/**
 * The story of one mail as HTML for a view: its hops with their times, who got it, where it waited, and every line one click away.
 * @param logs paths or URIs of the logs, by `place.source`; an action `open` carries `{"log", "line"}` as JSON
 */
export function traceContent(trace: Trace, logs: readonly string[]): Html {
  const shown = trace.mails.slice(0, MOST_MAILS);
  const attempts = shown.flatMap((mail) => attemptsOf(mailFacts(mail, true)));
  const longest = Math.max(...attempts.map(totalDelay), 0);
  const more = trace.mails.length - shown.length;
  return html`<h1>${traceTitle(trace)}</h1>
${attempts.some(({ outcome }) => outcome === "accepted") ? ACCEPTED : null}
${longest > 0 ? legend() : null}
${shown.map((mail, index) => mailSection({ mail, trace, logs, longest, number: index + 1 }))}
${more > 0 ? html`<p>${number(more)} more mails of this story are not shown.</p>` : null}
${storedSection(trace, logs)}`;
}

const ACCEPTED = html`<p class="quiet">“Accepted” is what Postfix calls sent: the next hop took the mail. What the next hop did then, its own log knows.</p>`;

interface Hop {
  readonly mail: Mail;
  readonly trace: Trace;
  readonly logs: readonly string[];
  /** Seconds of the longest attempt: all bars are parts of it. */
  readonly longest: number;
  readonly number: number;
}

function mailSection(hop: Hop): Html {
  const { mail, trace, logs } = hop;
  const facts = mailFacts(mail, isBorn(mail, trace.links));
  const came = trace.links.find(({ to }) => to === mail);
  const host = mail.host === null ? "" : ` on ${mail.host}`;
  const client = facts.client ?? (facts.uid === null ? null : `local user ${facts.uid}`);
  return section(
    `hop-${hop.number}`,
    `${hop.number}. ${mail.queueId}${host}`,
    came === undefined ? null : html`<p>${LINK_WORDS[came.kind]} ${came.from.queueId}</p>`,
    html`<dl class="facts">${[
      fact("From", facts.sender === null ? null : `<${facts.sender}>`),
      fact("Client", facts.saslUsername === null ? client : `${client ?? ""} as ${facts.saslUsername}`),
      fact("Message-ID", facts.messageId),
      fact("Size", facts.size === null ? null : `${number(facts.size)} bytes`),
      fact("Recipients", facts.recipientCount === null ? null : number(facts.recipientCount)),
      fact("State", STATE_WORDS[mailState(facts)]),
      ...facts.missing.map((line) => fact("Missing", MISSING_WORDS[line])),
      ...absentMails(mail, trace.mails).map((absent) => fact("Missing", absentWords(absent))),
    ]}</dl>`,
    attemptList(facts, hop),
    lineList(hop.number, [...mail.steps, ...(mail.session?.refusals ?? [])], logs),
  );
}

function attemptList(facts: MailFacts, { logs, longest }: Hop): Html | null {
  const all = attemptsOf(facts);
  if (all.length === 0) return null;
  const items = all.slice(0, MOST_ATTEMPTS).map((attempt) => attemptItem(attempt, logs, longest));
  const more = all.length - items.length;
  return html`<h3>Deliveries</h3><ul class="deliveries">${items}</ul>${
    more > 0 ? html`<p>${number(more)} more attempts are not shown.</p>` : null
  }`;
}

function attemptItem(attempt: ShownAttempt, logs: readonly string[], longest: number): Html {
  const { recipient, origRecipient, outcome, relay, dsn, reason, step } = attempt;
  const was = origRecipient === null ? "" : ` (was ${origRecipient})`;
  const said = [dsn, reason].filter((text) => text !== null && text !== "").join(" ");
  return html`<li>
<div><strong>${recipient}${was}</strong> <span class="tag ${OUTCOME_TAGS[outcome]}">${OUTCOME_WORDS[outcome]}</span>${relay === null ? null : html` · ${relay === "none" ? "no next hop was reached" : relay}`} · ${openButton(step, logs, lineWords(step, logs))}</div>
${delayBar(attempt, longest)}
<div>${delayText(attempt)}</div>
<div class="quiet">${said}</div>
</li>`;
}

interface ShownAttempt extends Attempt {
  readonly outcome: Outcome;
  /** There was one before: Postfix counts it and the wait since then into the time before the queue manager. */
  readonly isRetry: boolean;
}

/** Recipient by recipient; all but a recipient's last attempt were put off. */
function attemptsOf({ recipients }: MailFacts): readonly ShownAttempt[] {
  return recipients.flatMap(({ attempts, outcome }) =>
    attempts.map(
      (attempt, index): ShownAttempt => ({
        ...attempt,
        outcome: index === attempts.length - 1 ? outcome : "deferred",
        isRetry: index > 0,
      }),
    ),
  );
}

const OUTCOME_TAGS: Readonly<Record<Outcome, string>> = {
  accepted: "accepted",
  deferred: "warning",
  bounced: "error",
  expired: "error",
  other: "information",
};

const STAGES = [
  ["before", "blue", "before the queue manager"],
  ["queue", "yellow", "in the queue"],
  ["connect", "purple", "connecting"],
  ["transmit", "green", "transmitting"],
] as const satisfies readonly (readonly [string, Colour, string])[];

function delayBar({ delays }: Attempt, longest: number): Html | null {
  if (delays === null || longest === 0) return null;
  const parts = STAGES.map(([stage, colour]) => [delays[stage], colour] as const);
  return html`<div class="delay">${bars(parts, longest)}</div>`;
}

function delayText({ delay, delays, isRetry }: ShownAttempt): string | null {
  if (delay === null) return null;
  if (delays === null) return secondsText(delay);
  const stages = STAGES.map(([stage, , words]) => {
    const earlier = stage === "before" && isRetry ? " (with the attempts before this one)" : "";
    return `${secondsText(delays[stage])} ${words}${earlier}`;
  });
  return `${secondsText(delay)}: ${stages.join(", ")}`;
}

function totalDelay({ delays }: Attempt): number {
  return delays === null ? 0 : delays.before + delays.queue + delays.connect + delays.transmit;
}

/** What the parts of a bar are. */
function legend(): Html {
  const parts = STAGES.map(
    ([, colour, words]) =>
      html`<li><svg class="key" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="fill-${colour}" width="10" height="10"/></svg> ${words}</li>`,
  );
  return html`<ul class="legend" aria-label="The parts of a delay">${parts}</ul>`;
}

function fact(name: string, value: string | null): Html | null {
  return value === null ? null : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function lineList(hop: number, steps: readonly Step[], logs: readonly string[]): Html {
  const items = steps.slice(0, MOST_LINES).map((step) => {
    const { place, program, pid, message } = step;
    const speaker = pid === null ? program : `${program ?? ""}[${pid}]`;
    const clock = place.time?.slice(11, 19) ?? "";
    return html`<li>${openButton(step, logs, place.source === 0 ? String(place.line) : lineWords(step, logs))}<span class="time" title="${place.time}">${clock}</span><span><span class="quiet">${speaker}</span> ${message}</span></li>`;
  });
  const more = steps.length - items.length;
  return html`<details id="lines-${hop}"><summary>${number(steps.length)} ${steps.length === 1 ? "line" : "lines"}</summary><ol class="log-lines">${items}</ol>${
    more > 0 ? html`<p>${number(more)} more lines are not shown.</p>` : null
  }</details>`;
}

function storedSection({ stored }: Trace, logs: readonly string[]): Html | null {
  return stored.length === 0 ? null : section("stored", "By its message-id", lineList(0, stored, logs));
}

/** The first log is the one that was asked about. */
function lineWords({ place: { source, line } }: Step, logs: readonly string[]): string {
  const log = source === 0 ? "" : (logs[source] ?? "");
  return log === ""
    ? `line ${line}`
    : `line ${line} of ${log.slice(Math.max(log.lastIndexOf("/"), log.lastIndexOf("\\")) + 1)}`;
}

function openButton(step: Step, logs: readonly string[], words: string): Html {
  const { place } = step;
  const argument = JSON.stringify({ log: logs[place.source] ?? "", line: place.line });
  return html`<button type="button" class="link" data-action="open" data-argument="${argument}" aria-label="Open ${lineWords(step, logs)}">${words}</button>`;
}
