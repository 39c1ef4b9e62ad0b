import { COMMA, CR, LF, OPEN_BRACE, QUOTE, SEMICOLON, SPACE, skipBlanks, TAB } from "./ascii.ts";
import { afterContainerPrefix, afterStreamColumns } from "./envelope/container.ts";
import { type Draft, finish } from "./envelope/draft.ts";
import { readJournalJson } from "./envelope/journal-json.ts";
import { afterByteOrderMark, readPriority, readRfc5424 } from "./envelope/rfc5424.ts";
import { readStamp, type Stamp } from "./envelope/stamp.ts";
import { type Header, readBareHeader, readHeader } from "./envelope/syslog-header.ts";
import type { Envelope, EnvelopeForm } from "./log-line.ts";

/**
 * Read what stands around the message of one line `bytes[start..end)`, in any of the forms of EnvelopeForm. The line's
 * break, if included, is no part of the message. Never throws and never fails: what is not recognised is message.
 * Linear in the line.
 */
export function readEnvelope(bytes: Uint8Array, start: number, end: number): Envelope {
  const last = lineEnd(bytes, start, end);
  const mark = afterByteOrderMark(bytes, start, last);
  const stop = beforeClosingQuote(bytes, mark, last);
  const first = stop < last ? mark + 1 : mark;
  const content = afterContainerPrefix(bytes, first, stop);
  if (bytes[content] === OPEN_BRACE && content < stop) {
    const json = readJournalJson(bytes, content, stop, start);
    if (json !== null) return content === first ? json : { ...json, form: "docker" };
  }
  return finish(bytes, start, stop, readDraft(bytes, content, stop, content !== first));
}

function readDraft(bytes: Uint8Array, at: number, end: number, container: boolean): Draft {
  const priority = readPriority(bytes, at, end);
  const head = priority?.next ?? at;
  const protocol = readRfc5424(bytes, head, end, priority?.level ?? null);
  if (protocol !== null) return container ? { ...protocol, form: "docker" } : protocol;

  const stamp = readStamp(bytes, head, end);
  let next = stamp?.end ?? head;
  let wrapped = container;
  if (stamp !== null) {
    const columns = afterStreamColumns(bytes, skipBlanks(bytes, next, end), end);
    const inner = readStamp(bytes, skipBlanks(bytes, columns, end), end);
    if (inner !== null || columns > skipBlanks(bytes, next, end)) {
      // `docker logs -t` and container runtimes put their own stamp before the line's.
      wrapped = true;
      next = inner?.end ?? columns;
    }
  }
  const header = stamp === null ? readBareHeader(bytes, next, end) : readHeader(bytes, next, end);
  return {
    form: formOf(stamp, header, wrapped),
    stamp,
    host: header.host,
    tag: header.tag,
    message: header.message,
    level: header.level ?? priority?.level ?? null,
    service: header.service,
  };
}

const FORMS: Readonly<Record<Stamp["style"], EnvelopeForm>> = {
  bsd: "bsd",
  "bsd-fraction": "journal-short",
  unix: "journal-short",
  monotonic: "journal-short",
  iso: "rfc3339",
  "iso-basic": "journal-iso",
  weekday: "journal-full",
};

function formOf(stamp: Stamp | null, header: Header, wrapped: boolean): EnvelopeForm {
  if (wrapped || header.column) return "docker";
  return stamp === null ? "none" : FORMS[stamp.style];
}

/**
 * The end of the line's content: without its break, the blanks before it, and the empty columns (`,,,`) that a
 * spreadsheet adds.
 */
export function lineEnd(bytes: Uint8Array, start: number, end: number): number {
  let stop = Math.min(end, bytes.length);
  while (stop > start) {
    const byte = bytes[stop - 1];
    if (byte !== LF && byte !== CR && byte !== SPACE && byte !== TAB) break;
    stop -= 1;
  }
  const column = bytes[stop - 1];
  if ((column === COMMA || column === SEMICOLON) && stop - 1 > start && bytes[stop - 2] === column) {
    while (stop > start && bytes[stop - 1] === column) stop -= 1;
  }
  return stop;
}

/** Where the content of a line ends that a spreadsheet put into quotes: before the last; `end` for all other lines. */
function beforeClosingQuote(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== QUOTE || start >= end) return end;
  const last = bytes[end - 1] === COMMA || bytes[end - 1] === SEMICOLON ? end - 1 : end;
  return last - 1 > start && bytes[last - 1] === QUOTE ? last - 1 : end;
}
