import type { TextLine } from "../../log/text-line.ts";
import { counted } from "../../text/counted.ts";
import { codeSpan } from "../../text/escape-markdown.ts";
import { truncate } from "../../text/truncate.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { IdIndex } from "../../trace/id-index.ts";
import { type MailFacts, mailFacts, OUTCOME_WORDS, type RecipientFacts } from "../../trace/mail-facts.ts";
import { mailState, STATE_WORDS } from "../../trace/mail-state.ts";
import { readStep } from "../../trace/read-step.ts";

/** A log in an editor. */
interface TracedLines {
  readonly ids: IdIndex;
  line(line: number): TextLine;
}

/** A mail to a mailing list has a line for each member; a hover does not read them all. */
const MOST_LINES = 300;
const MOST_RECIPIENTS = 3;
const LONGEST_ADDRESS = 80;

/** One line of Markdown about the mail whose id stands at a place: from whom, to whom, what became of it. Null where there is no such mail. */
export function mailSummary(log: TracedLines, line: number, character: number): string | null {
  const known = factsAt(log, line, character);
  if (known === null) return null;
  const { facts, lines } = known;
  const count = `${counted(lines, "line")} in this log`;
  return `**This mail:** ${sender(facts, shown)} → ${recipients(facts, shown)} · ${count}`;
}

/** The same as plain text, without the number of lines. */
export function mailLine(log: TracedLines, line: number, character: number): string | null {
  const known = factsAt(log, line, character);
  const plain = (address: string): string => visibleText(truncate(address, LONGEST_ADDRESS));
  return known === null ? null : `${sender(known.facts, plain)} → ${recipients(known.facts, plain)}`;
}

function factsAt(log: TracedLines, line: number, character: number): { facts: MailFacts; lines: number } | null {
  const mail = log.ids.mailAt(line, character);
  if (mail === null || mail.own.length === 0) return null;
  const steps = mail.own.slice(0, MOST_LINES).flatMap((place) => {
    const step = readStep(log.line(place.line), { source: 0, line: place.line + 1, ms: null, time: null });
    return step === null ? [] : [step];
  });
  return { facts: mailFacts({ host: null, queueId: mail.id, steps, session: null }, true), lines: mail.own.length };
}

/** An address as it is shown: made harmless for where it goes. */
type Shown = (address: string) => string;

function sender({ sender: address }: MailFacts, show: Shown): string {
  if (address === null) return "a sender that this log does not tell";
  return address === "" ? "the null sender" : show(address);
}

function recipients(facts: MailFacts, show: Shown): string {
  const { recipients: known } = facts;
  if (known.length === 0) {
    const state = mailState(facts);
    if (state === "gone") return "removed, no delivery in this log";
    return state === "open" ? "no delivery in this log" : STATE_WORDS[state];
  }
  const told = known
    .slice(0, MOST_RECIPIENTS)
    .map((one) => recipient(one, show))
    .join(", ");
  const more = known.length - MOST_RECIPIENTS;
  return more > 0 ? `${told} and ${more} more` : told;
}

function recipient({ address, outcome }: RecipientFacts, show: Shown): string {
  return `${show(address)} (${OUTCOME_WORDS[outcome]})`;
}

function shown(address: string): string {
  return codeSpan(truncate(address, LONGEST_ADDRESS));
}
