import type { Span } from "../text/span.ts";
import { readEnvelope } from "./envelope.ts";
import { createKeySums, type KeySum } from "./flow/key-sums.ts";
import { createFlows, type FlowOptions, type FlowTaker, type MailFlow } from "./flow/mail-flow.ts";
import type { LineScanner, ScanNames } from "./line-scanner.ts";
import type { LogLevel, LogLine } from "./log-line.ts";
import { createMachine, createMatcher, type Found, type Sought, type Template } from "./matcher.ts";
import { fieldSpans } from "./matching/field-spans.ts";
import { matcherTables } from "./matching/matcher-tables.ts";
import type { TableSource } from "./matching/tables.ts";
import { createScannerMaker } from "./scanning/create-scanner.ts";
import { createTallies, type EntryTally } from "./scanning/entry-tally.ts";
import { createRooms, type LineRoom } from "./scanning/rooms.ts";
import { type KnownTemplates, listTemplates } from "./template-list.ts";
import { describeTemplates } from "./template-names.ts";
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
  /** Memory for lines that `scanLines` reads: elsewhere each would be copied first. */
  openRoom(): LineRoom;
  /** For counting what logs tell of mail. The engine counts by the options it is given first. */
  openFlow(options: FlowOptions, taker: FlowTaker): MailFlow;
  /** For adding up what was counted of keys. @param columns numbers kept for each */
  openKeySum(columns: number): KeySum;
  /** For counting the lines of entries of which enough was seen. @param visitedLevels lines of these levels are visited all the same */
  openTally(visitedLevels: Iterable<LogLevel>): EntryTally;
  /** What a scanner's numbers mean. */
  readonly scanNames: ScanNames;
  /** What it was made of. */
  readonly known: KnownTemplates;
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
  const tables = matcherTables(templates, new Set(explained.keys()));
  return createCompiledEngine(listTemplates(templates, explained), () => tables);
}

/** @param tables gives the same templates, compiled */
export function createCompiledEngine(known: KnownTemplates, tables: TableSource): LogEngine {
  const names = describeTemplates(known);
  const machine = createMachine(tables);
  const matcher = createMatcher(machine);
  const scanning = createScannerMaker(known, names, machine);
  const openRoom = createRooms(machine);
  /** Lines of one log are asked for one after the other: what the scanner remembers of the last one helps. */
  let entryScanner: LineScanner | null = null;
  let scratch = new Uint8Array(SMALLEST_SCRATCH);

  function readLine(bytes: Uint8Array, start: number, end: number, sought: Sought = "both"): LogLine {
    const envelope = readEnvelope(bytes, start, end);
    const { message } = envelope;
    const text = envelope.text ?? bytes;
    const origin = envelope.text === null ? start : 0;
    const writer = { tagged: envelope.programSpan !== null, system: envelope.system, daemon: envelope.daemon };
    const row = matcher.rowOf(writer);
    const find = (layers: Sought): Found =>
      matcher.find(text, origin + message.start, origin + message.end, row, layers);
    const result = (template: number, positions: Int32Array): Readonly<Record<string, Span>> =>
      fieldSpans(names.fieldsOf(template), positions, text, origin);

    let found = find(sought);
    // A search for entries does not tell which message a line is.
    if (found.mayBeExplained) found = find("both");
    const { message: template, entry, messagePositions, entryPositions } = found;
    const printed =
      template === -1 ? null : { templateId: names.idOf(template), fields: result(template, messagePositions) };
    const entryId = entry === -1 ? names.entryOf(template) : names.idOf(entry);
    const fields = entry === -1 ? printed?.fields : result(entry, entryPositions);
    return {
      envelope,
      message: sought === "both" ? printed : null,
      entry: entryId === null || fields === undefined ? null : { templateId: entryId, fields },
    };
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
      entryScanner ??= scanning.create("entry");
      const length = encode(line);
      entryScanner.scan(scratch, 0, length);
      return known.entries.at(entryScanner.entry);
    },
    createScanner: (goal) => scanning.create(goal),
    scanNames: scanning.names,
    openRoom,
    openFlow: createFlows(machine, known, names),
    openKeySum: createKeySums(machine, openRoom),
    openTally: createTallies(machine, () => known.entries.length),
    known,
  };
}
