import type { CatalogueEntry } from "../catalogue/entry.ts";
import type { LineScanner, ScanNames } from "../log/line-scanner.ts";
import type { TextLine } from "../log/text-line.ts";
import { type Span, span } from "../text/span.ts";
import { shownValuesOf } from "./line-values.ts";
import { problemMessage } from "./problem-message.ts";
import { afterSeparator, tellingSpan } from "./telling-span.ts";

/** What is told of a problem line by itself. */
export interface ToldLine {
  /** As `tellingSpan`: UTF-16 offsets in the line. */
  readonly place: Span;
  /** As `problemMessage`. */
  readonly message: string;
  /** The message as the program printed it, its level in front if it stands there. Null where another program than Postfix wrote the line. */
  readonly postfix: string | null;
}

export function toldLine(text: string, line: TextLine, entry: CatalogueEntry): ToldLine {
  return {
    place: tellingSpan(text, line),
    message: problemMessage(entry, shownValuesOf(line.entry)),
    postfix: line.system === "postfix" ? withLevel(text, line.place.start, line.message.value, line.level) : null,
  };
}

/**
 * The same of the line `text` that a scanner has just read, without reading it once more; `start` is where it begins among the scanner's bytes. Null where offsets
 * in its bytes are none in its text: where it is not all ASCII, or holds its message escaped.
 */
export type ScannedTeller = (
  text: string,
  line: LineScanner,
  bytes: Uint8Array,
  start: number,
  entry: CatalogueEntry,
) => ToldLine | null;

/** @param names of the scanner's engine */
export function scannedTeller(names: ScanNames): ScannedTeller {
  const code = names.field("code");
  const delivery = names.field("delivery");
  const queueId = names.field("queue_id");
  const envelope = names.field("envelope");

  function placeOf(text: string, line: LineScanner, start: number): Span {
    const messageEnd = line.messageEnd - start;
    let first = line.messageStart - start;
    if (line.find(code)) first = line.valueStart - start;
    else if (line.find(delivery) || line.find(queueId)) {
      first = afterSeparator(text, line.valueEnd - start, messageEnd) ?? first;
    }
    const tail = line.find(envelope) ? line.valueStart - start : -1;
    const end = tail > first ? tail : messageEnd;
    return span(first, Math.max(first, end));
  }

  return (text, line, bytes, start, entry) => {
    if (line.text !== bytes || !isAscii(text)) return null;
    const valueOf = (field: string): string | null =>
      line.find(names.field(field)) && line.valueEnd > line.valueStart
        ? text.slice(line.valueStart - start, line.valueEnd - start)
        : null;
    const messageStart = line.messageStart - start;
    const words = text.slice(messageStart, line.messageEnd - start);
    return {
      place: placeOf(text, line, start),
      message: problemMessage(entry, valueOf),
      postfix: line.program.system === "postfix" ? withLevel(text, messageStart, words, line.level) : null,
    };
  };
}

function withLevel(text: string, start: number, message: string, level: string): string {
  const prefix = `${level}: `;
  return text.startsWith(prefix, start - prefix.length) && start >= prefix.length ? prefix + message : message;
}

// oxlint-disable-next-line no-control-regex -- all of ASCII
const ASCII = /^[\0-\x7f]*$/;

function isAscii(text: string): boolean {
  return ASCII.test(text);
}
