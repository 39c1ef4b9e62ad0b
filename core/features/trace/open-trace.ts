import type { LogTime } from "../../log/log-line.ts";
import { formatLogTime, logTimeMs, type TimeReference } from "../../log/log-time.ts";
import type { TextLine } from "../../log/text-line.ts";
import { absentMails } from "../../trace/absent-mails.ts";
import type { IdIndex, MailPlaces } from "../../trace/id-index.ts";
import { isBorn } from "../../trace/links.ts";
import { messageIdOf } from "../../trace/mail.ts";
import { mailFacts } from "../../trace/mail-facts.ts";
import { readStep } from "../../trace/read-step.ts";
import type { Step, StepPlace } from "../../trace/step.ts";
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

/** Which of the logs a line is of, and its number there, from 1. */
export type PlaceOf = (line: number) => Pick<StepPlace, "source" | "line">;

const IN_ONE_LOG: PlaceOf = (line) => ({ source: 0, line: line + 1 });

/**
 * The story of the mail whose id stands at a place, else of the mail the line is about. Reads the lines of its mails alone: those the line's
 * mail names, those that name it, those with its message-id.
 * @returns null where there is no mail
 */
export function openTrace(
  log: TracedLog,
  line: number,
  character: number,
  time: TimeReference,
  placeOf: PlaceOf = IN_ONE_LOG,
): Trace | null {
  const asked = log.ids.mailAt(line, character) ?? log.ids.mailOn(line);
  const first = asked?.own[0];
  if (asked === null || first === undefined) return null;
  const book = bookOf(log, relatedLines(log, asked), time, placeOf);
  const stories = findTraces(book, asked.id).traces;
  const begin = placeOf(first.line);
  const isFirst = ({ place }: Step): boolean => place.source === begin.source && place.line === begin.line;
  return stories.find(({ mails }) => mails.some(({ steps }) => steps[0] !== undefined && isFirst(steps[0]))) ?? null;
}

function bookOf(log: TracedLog, lines: Iterable<number>, time: TimeReference, placeOf: PlaceOf): TraceBook {
  const book = createTraceBook();
  for (const line of [...lines].toSorted((one, other) => one - other)) {
    const read = log.line(line);
    const step = readStep(read, momentAt(placeOf(line), read.time, time));
    if (step !== null) book.add(step);
  }
  return book;
}

function momentAt(place: ReturnType<PlaceOf>, time: LogTime | null, reference: TimeReference): StepPlace {
  return {
    ...place,
    ms: time === null ? null : logTimeMs(time, reference),
    time: time === null ? null : formatLogTime(time, reference),
  };
}

/** Whether lines of a story stand elsewhere, as far as it tells: in the file that was rotated away, perhaps. */
export function lacksLines({ mails, links }: Trace): boolean {
  return mails.some((mail) => {
    const { missing } = mailFacts(mail, isBorn(mail, links));
    return missing.some((line) => line !== "removed") || absentMails(mail, mails).length > 0;
  });
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
    const step = readStep(log.line(line), momentAt(IN_ONE_LOG(line), null, ANY_TIME));
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
