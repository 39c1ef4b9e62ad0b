import { readEnvelope } from "./envelope.ts";
import type { LineScanner, ScanNames } from "./line-scanner.ts";
import type { LogLine, TemplateMatch } from "./log-line.ts";
import { createMatcher, type Matcher, type Matches, type Sought, type Template } from "./matcher.ts";
import { createScannerMaker } from "./scanning/create-scanner.ts";
import { type TextLine, toTextLine } from "./text-line.ts";
import { encodeUtf8Into } from "./utf8.ts";

/** Reads lines of logs with one set of templates. Keeps no line. */
export interface LogEngine {
  /**
   * Understand the line `bytes[start..end)`, its line break included or not. Linear in the line; never throws. Spans
   * count from `start`. With `sought` "entry" the line's message is not looked up (null), which is much faster where
   * only problems matter.
   */
  readLine(bytes: Uint8Array, start: number, end: number, sought?: Sought): LogLine;
  /** The same for a line of text, in strings and UTF-16 offsets. */
  readText(line: string): TextLine;
  /** The id of the catalogue entry that explains a line of text, or null. Cheaper than reading it whole. */
  entryOf(line: string): string | null;
  /** For reading whole files: line-scanner.ts. With the goal `entry` messages are not looked up. */
  createScanner(goal: Sought): LineScanner;
  /** What a scanner's numbers mean. */
  readonly scanNames: ScanNames;
}

const SMALLEST_SCRATCH = 4096;

/**
 * An engine for these templates, messages and entries together. Build it once: compiling thousands of templates takes a
 * while.
 * @param explained entry ids by message id: what explains a line whose message is known and which no template of an
 * entry fits
 * @throws TemplateError for a template that does not follow the notation.
 */
export function createLogEngine(
  templates: readonly Template[],
  explained: ReadonlyMap<string, string> = new Map(),
): LogEngine {
  const matcher = createMatcher(templates);
  // Few messages are explained by an entry: these alone are quickly ruled out where only entries are wanted.
  const hints = explained.size === 0 ? null : createMatcher(templates.filter(isExplained));
  const scanning = createScannerMaker(templates, explained, matcher, hints);
  let scratch = new Uint8Array(SMALLEST_SCRATCH);

  function isExplained({ id, layer }: Template): boolean {
    return layer === "message" && explained.has(id);
  }

  function readLine(bytes: Uint8Array, start: number, end: number, sought: Sought = "both"): LogLine {
    const envelope = readEnvelope(bytes, start, end);
    const { text, message } = envelope;
    const writer = { tagged: envelope.programSpan !== null, system: envelope.system, daemon: envelope.daemon };
    const read = (by: Matcher, layers: Sought): Matches =>
      text === null
        ? by.match(bytes, start + message.start, start + message.end, writer, start, layers)
        : by.match(text, message.start, message.end, writer, 0, layers);

    const found = read(matcher, sought);
    if (sought === "both") return { envelope, message: found.message, entry: found.entry ?? explain(found.message) };
    if (found.entry !== null || hints === null || read(hints, "both").message === null) return { envelope, ...found };
    return { envelope, message: null, entry: explain(read(matcher, "both").message) };
  }

  function explain(message: TemplateMatch | null): TemplateMatch | null {
    const entryId = message === null ? undefined : explained.get(message.templateId);
    return message === null || entryId === undefined ? null : { templateId: entryId, fields: message.fields };
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
      return readLine(scratch, 0, encode(line), "entry").entry?.templateId ?? null;
    },
    createScanner: (goal) => scanning.create(goal),
    scanNames: scanning.names,
  };
}
