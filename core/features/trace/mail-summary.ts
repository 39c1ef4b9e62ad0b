import type { TextLine } from "../../log/text-line.ts";
import { codeSpan } from "../../text/escape-markdown.ts";
import { truncate } from "../../text/truncate.ts";
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
  const mail = log.ids.mailAt(line, character);
  if (mail === null || mail.own.length === 0) return null;
  const steps = mail.own.slice(0, MOST_LINES).flatMap((place) => {
    const step = readStep(log.line(place.line), { source: 0, line: place.line + 1, ms: null, time: null });
    return step === null ? [] : [step];
  });
  const facts = mailFacts({ host: null, queueId: mail.id, steps, session: null }, true);
  const count = `${mail.own.length} ${mail.own.length === 1 ? "line" : "lines"} in this log`;
  return `**This mail:** ${sender(facts)} → ${recipients(facts)} · ${count}`;
}

function sender({ sender: address }: MailFacts): string {
  if (address === null) return "a sender that this log does not tell";
  return address === "" ? "the null sender `<>`" : shown(address);
}

function recipients(facts: MailFacts): string {
  const { recipients: known } = facts;
  if (known.length === 0) {
    const state = mailState(facts);
    if (state === "gone") return "removed, no delivery in this log";
    return state === "open" ? "no delivery in this log" : STATE_WORDS[state];
  }
  const told = known.slice(0, MOST_RECIPIENTS).map(recipient).join(", ");
  const more = known.length - MOST_RECIPIENTS;
  return more > 0 ? `${told} and ${more} more` : told;
}

function recipient({ address, outcome }: RecipientFacts): string {
  return `${shown(address)} (${OUTCOME_WORDS[outcome]})`;
}

function shown(address: string): string {
  return codeSpan(truncate(address, LONGEST_ADDRESS));
}
