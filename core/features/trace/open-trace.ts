import type { LogTime } from "../../log/log-line.ts";
import { formatLogTime, logTimeMs, type TimeReference } from "../../log/log-time.ts";
import type { TextLine } from "../../log/text-line.ts";
import type { IdIndex, MailPlaces } from "../../trace/id-index.ts";
import { messageIdOf } from "../../trace/mail.ts";
import { readStep } from "../../trace/read-step.ts";
import type { StepPlace } from "../../trace/step.ts";
import { findTraces, type Trace } from "../../trace/trace.ts";
import { createTraceBook, type TraceBook } from "../../trace/trace-book.ts";
import { sessionLines } from "./session-lines.ts";

/** A log in an editor. */
export interface TracedLog {
  readonly ids: IdIndex;
  readonly lineCount: number;
  lineText(line: number): string;
  line(line: number): TextLine;
}

/** A list server's mail has a line for each of its members, and its filter a mail for each batch: what nobody can look through is cut. */
const MOST_LINES = 20_000;
const MOST_MAILS = 200;

/**
 * The story of the mail whose id stands at a place, else of the mail the line is about. Reads the lines of its mails alone: those the line's
 * mail names, those that name it, those with its message-id.
 * @returns null where there is no mail
 */
export function openTrace(log: TracedLog, line: number, character: number, time: TimeReference): Trace | null {
  const asked = log.ids.mailAt(line, character) ?? log.ids.mailOn(line);
  const first = asked?.own[0];
  if (asked === null || first === undefined) return null;
  const book = bookOf(log, relatedLines(log, asked), time);
  const stories = findTraces(book, asked.id).traces;
  return stories.find(({ mails }) => mails.some(({ steps }) => steps[0]?.place.line === first.line + 1)) ?? null;
}

function bookOf(log: TracedLog, lines: Iterable<number>, time: TimeReference): TraceBook {
  const book = createTraceBook();
  for (const line of [...lines].toSorted((one, other) => one - other)) {
    const read = log.line(line);
    const step = readStep(read, placeOf(line, read.time, time));
    if (step !== null) book.add(step);
  }
  return book;
}

function placeOf(line: number, time: LogTime | null, reference: TimeReference): StepPlace {
  return {
    source: 0,
    line: line + 1,
    ms: time === null ? null : logTimeMs(time, reference),
    time: time === null ? null : formatLogTime(time, reference),
  };
}

/** The lines of a mail, of the mails that led to it and came of it, and of the sessions they arrived in. */
function relatedLines(log: TracedLog, asked: MailPlaces): ReadonlySet<number> {
  const lines = new Set<number>();
  const seen = new Set<string>();
  const messageIds = new Set<string>();
  const open: MailPlaces[] = [asked];
  for (let mail = open.pop(); mail !== undefined && seen.size < MOST_MAILS; mail = open.pop()) {
    const key = `${mail.id} ${mail.own[0]?.line ?? -1}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const own = new Set(mail.own.map(({ line }) => line));
    for (const { line } of mail.all) {
      if (lines.size >= MOST_LINES) return lines;
      lines.add(line);
      const others = own.has(line) ? log.ids.namedOn(line) : present(log.ids.mailOn(line));
      // An id of a server whose log this is not has no lines here; it may come again and again.
      open.push(...others.filter((other) => other.own.length > 0));
    }
    open.push(...sameMessage(log, own, messageIds));
    for (const line of sessionLines(log, mail.own[0]?.line ?? null)) lines.add(line);
  }
  return lines;
}

/** Mails with the message-id of these lines: a filter that names no ids keeps it. Each message-id is looked for once. */
function sameMessage(log: TracedLog, own: ReadonlySet<number>, known: Set<string>): readonly MailPlaces[] {
  const found: MailPlaces[] = [];
  for (const line of own) {
    if (!log.lineText(line).includes(MESSAGE_ID)) continue;
    const step = readStep(log.line(line), placeOf(line, null, ANY_TIME));
    const id = step === null ? null : messageIdOf({ host: null, queueId: "", steps: [step], session: null });
    if (id === null || id === "<>" || known.has(id)) continue;
    known.add(id);
    for (let at = 0; at < log.lineCount; at += 1) {
      const text = log.lineText(at);
      if (text.includes(MESSAGE_ID) && text.includes(id)) found.push(...present(log.ids.mailOn(at)));
    }
  }
  return found;
}

const MESSAGE_ID = "message-id=";
const ANY_TIME: TimeReference = { notAfter: 0, zone: 0 };

function present<T>(value: T | null): readonly T[] {
  return value === null ? [] : [value];
}
