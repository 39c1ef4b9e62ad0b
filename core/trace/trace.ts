import { addTo } from "../collections/lists-by-key.ts";
import { lowerAscii } from "../text/ascii.ts";
import { type Link, linkMails } from "./links.ts";
import { beginOf, type Mail, messageIdOf, type SmtpSession } from "./mail.ts";
import type { Step } from "./step.ts";
import type { TraceBook } from "./trace-book.ts";

/** The story of one message: its queue files and how one came of the other. */
export interface Trace {
  /** In the order of time; at least one. */
  readonly mails: readonly Mail[];
  readonly links: readonly Link[];
  /** What programs without queue ids say about it. */
  readonly stored: readonly Step[];
}

/** What a question has for an answer. */
export interface Found {
  readonly traces: readonly Trace[];
  /** Sessions whose NOQUEUE lines are about the address. */
  readonly sessions: readonly SmtpSession[];
}

/**
 * The stories that a question is about. Linear in the book.
 * @param question a queue id; a message-id, with or without its brackets; or an address, upper and lower case alike
 */
export function findTraces(book: TraceBook, question: string): Found {
  const isAsked = isAskedBy(question);
  const asked = book.mails().filter(({ steps }) => steps.some(isAsked));
  const sessions = book.sessions().filter(({ refusals }) => refusals.some(isAsked));
  return { traces: asked.length === 0 ? [] : tracesOf(book, asked), sessions };
}

/** What is to stand in a line that a question is about, whatever the case of its letters. */
export function wantedText(question: string): string {
  return lowerAscii(withoutBrackets(question));
}

/** Whether a question is about the mail, or the refusal, that a step is of. */
export function isAskedBy(question: string): (step: Step) => boolean {
  const wanted = wantedText(question);
  const isAsked = (value: string | null): boolean =>
    value !== null && value !== "" && lowerAscii(withoutBrackets(value)) === wanted;
  // Long queue ids tell upper from lower case.
  return (step) => step.queueId === question || isAbout(step, isAsked);
}

function isAbout({ said }: Step, isAsked: (value: string | null) => boolean): boolean {
  switch (said.kind) {
    case "message-id":
      return isAsked(said.messageId);
    case "active":
      return isAsked(said.sender);
    case "delivery":
      return isAsked(said.recipient) || isAsked(said.origRecipient);
    case "verdict":
      return isAsked(said.sender) || isAsked(said.recipient);
    default:
      return false;
  }
}

/** The stories of these mails, in the order of time. */
function tracesOf(book: TraceBook, asked: readonly Mail[]): readonly Trace[] {
  const neighbours = new Map<Mail, Link[]>();
  for (const link of linkMails(book.mails())) {
    for (const end of [link.from, link.to]) addTo(neighbours, end, link);
  }
  const told = new Set<Mail>();
  const traces: Trace[] = [];
  for (const first of asked) {
    if (told.has(first)) continue;
    const mails: Mail[] = [first];
    const links = new Set<Link>();
    told.add(first);
    for (let next = 0; next < mails.length; next += 1) {
      for (const link of neighbours.get(mails[next] ?? first) ?? []) {
        links.add(link);
        for (const end of [link.from, link.to]) {
          if (told.has(end)) continue;
          told.add(end);
          mails.push(end);
        }
      }
    }
    mails.sort(inTime);
    traces.push({ mails, links: [...links], stored: storedOf(book, mails) });
  }
  return traces.sort((one, other) => inTime(one.mails[0] ?? null, other.mails[0] ?? null));
}

function storedOf(book: TraceBook, mails: readonly Mail[]): readonly Step[] {
  const ids = new Set(mails.map(messageIdOf));
  return [...ids].flatMap((id) => (id === null ? [] : book.stored(id)));
}

function inTime(one: Mail | null, other: Mail | null): number {
  const [a, b] = [one === null ? null : beginOf(one), other === null ? null : beginOf(other)];
  return a === null || b === null ? 0 : a - b;
}

function withoutBrackets(text: string): string {
  return text.startsWith("<") && text.endsWith(">") && text.length > 2 ? text.slice(1, -1) : text;
}
