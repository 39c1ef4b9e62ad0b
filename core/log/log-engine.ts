import { readEnvelope } from "./envelope.ts";
import type { LogLine } from "./log-line.ts";
import { createMatcher, type Template } from "./matcher.ts";
import { type TextLine, toTextLine } from "./text-line.ts";
import { encodeUtf8Into } from "./utf8.ts";

/** Reads lines of logs with one set of templates. Keeps no line. */
export interface LogEngine {
  /** Understand the line `bytes[start..end)`, its line break included or not. Linear in the line; never throws. Spans count from `start`. */
  readLine(bytes: Uint8Array, start: number, end: number): LogLine;
  /** The same for a line of text, in strings and UTF-16 offsets. */
  readText(line: string): TextLine;
  /** The id of the catalogue entry that explains a line of text, or null. Cheaper than reading it whole. */
  entryOf(line: string): string | null;
}

const SMALLEST_SCRATCH = 4096;

/**
 * An engine for these templates, messages and entries together. Build it once: compiling thousands of templates takes a while.
 * @throws TemplateError for a template that does not follow the notation.
 */
export function createLogEngine(templates: readonly Template[]): LogEngine {
  const matcher = createMatcher(templates);
  let scratch = new Uint8Array(SMALLEST_SCRATCH);

  function readLine(bytes: Uint8Array, start: number, end: number): LogLine {
    const envelope = readEnvelope(bytes, start, end);
    const { text, message } = envelope;
    const writer = { tagged: envelope.programSpan !== null, system: envelope.system, daemon: envelope.daemon };
    const found =
      text === null
        ? matcher.match(bytes, start + message.start, start + message.end, writer, start)
        : matcher.match(text, message.start, message.end, writer);
    return { envelope, message: found.message, entry: found.entry };
  }

  /** The line's UTF-8 in `scratch`. @returns its length */
  function encode(line: string): number {
    if (scratch.length < line.length * 3) scratch = new Uint8Array(line.length * 3);
    return encodeUtf8Into(line, scratch);
  }

  return {
    readLine,
    readText(line) {
      const length = encode(line);
      return toTextLine(line, length, readLine(scratch, 0, length));
    },
    entryOf(line) {
      return readLine(scratch, 0, encode(line)).entry?.templateId ?? null;
    },
  };
}
