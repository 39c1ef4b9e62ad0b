import { entryById } from "../../catalogue/catalogue.ts";
import { isAlphanumeric, standsAt } from "../../log/ascii.ts";
import { beforeCr } from "../../log/line-content.ts";
import type { LineScanner } from "../../log/line-scanner.ts";
import type { LogEngine } from "../../log/log-engine.ts";
import type { LogLevel, LogTime } from "../../log/log-line.ts";
import { formatLogTime, type TimeReference } from "../../log/log-time.ts";
import { levelOf } from "../../log/message-level.ts";
import type { KnownProgram } from "../../log/scanning/programs.ts";
import { decodeUtf8, encodeUtf8 } from "../../log/utf8.ts";
import { jsonText } from "../../text/json-text.ts";
import { lineValues, NO_VALUE_FIELDS, type ValueFields } from "../line-values.ts";
import { parsedLine } from "../parsed-line.ts";
import { ascii, type ByteOutput } from "./byte-output.ts";
import { type MessagePlan, messagePlans } from "./message-plan.ts";

/**
 * Puts the line that the scanner has read out, as JSON without what stands before its second member: what follows `{"line":1`. Byte for byte what
 * `jsonText(parsedLine(…))` gives, with as little made for it as can be.
 */
export type LineWriter = (line: LineScanner, bytes: Uint8Array, start: number, end: number, out: ByteOutput) => void;

/** What stands in front of all members of a line but the first. */
const LINE = '{"line":0';

const HOST = ascii(',"host":');
const QUEUE_ID = ascii(',"queue_id":');
const NULL = ascii("null");
const FIELDS = ascii(',"fields":');
const VALUES = ascii(',"values":');
const NO_FIELDS = ascii(',"fields":null,"values":null}');
const OPEN = ascii("{");
const COMMA = ascii(",");
const CLOSE = ascii("}");
const EMPTY = ascii("{}");

const LEVELS: Readonly<Record<LogLevel, Uint8Array>> = {
  info: ascii(',"level":"info","repeated":'),
  warning: ascii(',"level":"warning","repeated":'),
  error: ascii(',"level":"error","repeated":'),
  fatal: ascii(',"level":"fatal","repeated":'),
  panic: ascii(',"level":"panic","repeated":'),
};

/**
 * @param engine whose scanners' lines are written
 * @param reference when they were written
 * @param decode text of bytes that are ASCII only
 */
export function lineWriter(
  engine: LogEngine,
  reference: TimeReference,
  decode: (bytes: Uint8Array, start: number, end: number) => string,
): LineWriter {
  const { scanNames, known } = engine;
  const planOf = messagePlans(engine);
  const queueId = scanNames.field("queue_id");
  /** Entries that have templates of their own: where one of these fits, a line has the fields of two templates. */
  const withTemplates = new Set(known.entryOf.filter((_, template) => known.messageOf[template] === -1));
  const isExplanation = Array.from({ length: scanNames.entries.length }, (_, entry) => !withTemplates.has(entry));
  const header = headerJson(reference);
  const messageJson = messageMembers(engine);
  const valueJson = valueMembers(engine, decode);
  /** Names of fields as JSON, by their numbers. */
  const names: Uint8Array[] = [];
  /** By message: of lines that do not say it. */
  const levels: (LogLevel | undefined)[] = [];
  /** Of the present line. */
  const fields: FoundFields = { count: 0, numbers: [], starts: [], ends: [] };

  function write(line: LineScanner, bytes: Uint8Array, start: number, end: number, out: ByteOutput): void {
    const last = beforeCr(bytes, start, end);
    const isKnown = line.message !== -1 || line.entry !== -1;
    const plan = isKnown ? planFor(line) : null;
    if ((isKnown && plan === null) || line.text !== bytes || !isAscii(bytes, start, last)) {
      writeInFull(bytes, start, last, out);
      return;
    }
    fields.count = 0;
    if (plan !== null) findFields(line, plan, fields);
    header(line, bytes, out);
    writeQueueId(bytes, out);
    out.raw(LEVELS[levelFor(line)]);
    out.number(line.repeated);
    out.raw(messageJson(line));
    out.quoted(bytes, line.messageStart, line.messageEnd);
    if (plan === null) {
      out.raw(NO_FIELDS);
      return;
    }
    writeFields(plan, bytes, out);
    valueJson(line, fields, out);
    out.raw(CLOSE);
  }

  /** As levelOf has it. */
  function levelFor({ level, message }: LineScanner): LogLevel {
    if (level !== "info" || message === -1) return level;
    return (levels[message] ??= levelOf("info", scanNames.messages.at(message)));
  }

  function planFor({ message, entry }: LineScanner): MessagePlan | null {
    if (message === -1 || (entry !== -1 && isExplanation[entry] !== true)) return null;
    return planOf(message);
  }

  function writeInFull(bytes: Uint8Array, start: number, end: number, out: ByteOutput): void {
    const parsed = parsedLine(0, engine.readText(decodeUtf8(bytes, start, end)), reference);
    out.raw(encodeUtf8(jsonText(parsed).slice(LINE.length)));
  }

  function writeQueueId(bytes: Uint8Array, out: ByteOutput): void {
    out.raw(QUEUE_ID);
    for (let at = 0; at < fields.count; at += 1) {
      if (fields.numbers[at] !== queueId) continue;
      const [start = 0, end = 0] = [fields.starts[at], fields.ends[at]];
      if (!isQueueIdAt(bytes, start, end)) break;
      out.quoted(bytes, start, end);
      return;
    }
    out.raw(NULL);
  }

  function writeFields({ nameOf }: MessagePlan, bytes: Uint8Array, out: ByteOutput): void {
    out.raw(FIELDS);
    for (let at = 0; at < fields.count; at += 1) {
      const number = fields.numbers[at] ?? 0;
      const name = (names[number] ??= ascii(`"${nameOf(number)}":`));
      out.raw(at === 0 ? OPEN : COMMA);
      out.raw(name);
      out.quoted(bytes, fields.starts[at] ?? 0, fields.ends[at] ?? 0);
    }
    out.raw(fields.count === 0 ? EMPTY : CLOSE);
  }

  return write;
}

/** Writes the members before the queue id. */
function headerJson(reference: TimeReference): (line: LineScanner, bytes: Uint8Array, out: ByteOutput) => void {
  let time: LogTime | null = null;
  let timeJson = ascii(',"time":null');
  const programs: { readonly program: KnownProgram; readonly json: Uint8Array }[] = [];

  function programJson(program: KnownProgram): Uint8Array {
    const kept = programs[program.number];
    if (kept?.program === program) return kept.json;
    const { tag, system, daemon } = program;
    const json = ascii(`,"program":${jsonText(tag)},"system":${jsonText(system)},"daemon":${jsonText(daemon)},"pid":`);
    programs[program.number] = { program, json };
    return json;
  }

  return (line, bytes, out) => {
    if (line.time !== time) {
      ({ time } = line);
      timeJson = ascii(`,"time":${JSON.stringify(time === null ? null : formatLogTime(time, reference))}`);
    }
    out.raw(timeJson);
    out.raw(HOST);
    if (line.hostStart === -1) out.raw(NULL);
    else out.quoted(bytes, line.hostStart, line.hostEnd);
    out.raw(programJson(line.program));
    if (line.pid === -1) out.raw(NULL);
    else out.number(line.pid);
  };
}

/** The members from the message's id to the name of `text`. */
function messageMembers({ scanNames }: LogEngine): (line: LineScanner) => Uint8Array {
  const byMessage: (Uint8Array | undefined)[][] = [];
  return ({ message, entry }) => {
    const byEntry = (byMessage[message + 1] ??= []);
    const known = byEntry[entry + 1];
    if (known !== undefined) return known;
    const { id = null, severity = null, fault = null } = entryById(scanNames.entries.at(entry) ?? "") ?? {};
    const members = { message: scanNames.messages.at(message), entry: id, severity, fault };
    const json = ascii(`,${jsonText(members).slice(1, -1)},"text":`);
    byEntry[entry + 1] = json;
    return json;
  };
}

/** Writes the last member, `values`. */
function valueMembers(
  { scanNames }: LogEngine,
  decode: (bytes: Uint8Array, start: number, end: number) => string,
): (line: LineScanner, fields: FoundFields, out: ByteOutput) => void {
  // One object for all lines.
  const values: { -readonly [Name in keyof ValueFields]: string | undefined } = { ...NO_VALUE_FIELDS };
  const nameOf: (keyof ValueFields)[] = [];
  for (const name of keysOf(NO_VALUE_FIELDS)) nameOf[scanNames.field(name)] = name;
  return (line, { count, numbers, starts, ends }, out) => {
    out.raw(VALUES);
    let text: string | null = null;
    for (let at = 0; at < count; at += 1) {
      const name = nameOf[numbers[at] ?? 0];
      if (name === undefined) continue;
      text ??= decode(line.text, line.messageStart, line.messageEnd);
      values[name] = text.slice((starts[at] ?? 0) - line.messageStart, (ends[at] ?? 0) - line.messageStart);
    }
    if (text === null) {
      out.raw(NULL);
      return;
    }
    out.text(JSON.stringify(lineValues(values, line.program.daemon)));
    for (let at = 0; at < count; at += 1) {
      const name = nameOf[numbers[at] ?? 0];
      if (name !== undefined) values[name] = undefined;
    }
  };
}

function keysOf<Shape extends object>(shape: Shape): readonly (keyof Shape)[] {
  const keys: (keyof Shape)[] = [];
  for (const key in shape) keys.push(key);
  return keys;
}

/** Fields of one line, in their order. */
interface FoundFields {
  count: number;
  readonly numbers: number[];
  readonly starts: number[];
  readonly ends: number[];
}

function findFields(line: LineScanner, { own, parts }: MessagePlan, into: FoundFields): void {
  for (const number of own) if (line.find(number)) append(into, line, number);
  for (const { fields, isList } of parts) {
    const first = into.count;
    for (const number of fields) {
      if (!line.find(number)) continue;
      append(into, line, number);
      if (isList) sink(into, first);
    }
  }
}

function append(into: FoundFields, { valueStart, valueEnd }: LineScanner, number: number): void {
  into.numbers[into.count] = number;
  into.starts[into.count] = valueStart;
  into.ends[into.count] = valueEnd;
  into.count += 1;
}

/** Moves the last one forward, to its place among those from `first` on, which are in the order of the line. */
function sink({ count, numbers, starts, ends }: FoundFields, first: number): void {
  for (let at = count - 1; at > first && (starts[at] ?? 0) < (starts[at - 1] ?? 0); at -= 1) {
    for (const list of [numbers, starts, ends]) {
      const moved = list[at] ?? 0;
      list[at] = list[at - 1] ?? 0;
      list[at - 1] = moved;
    }
  }
}

/** Whether all is ASCII that JSON needs no thought for: DEL is hidden like what lies beyond. */
function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) >= 0x7f) return false;
  return true;
}

/** As `isQueueId` of its text. */
function isQueueIdAt(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 5 || end - start > 32 || (end - start === 7 && standsAt(bytes, start, end, "NOQUEUE")))
    return false;
  for (let at = start; at < end; at += 1) if (!isAlphanumeric(bytes[at])) return false;
  return true;
}
