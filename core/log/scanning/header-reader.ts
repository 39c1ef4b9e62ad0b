import { CLOSE_BRACKET, COLON, decimal, isBlank, latin1, OPEN_BRACKET, SPACE, skipDigits, standsAt } from "../ascii.ts";
import { readMessageStart } from "../envelope/message-start.ts";
import { isTagByte } from "../envelope/tag.ts";
import { lineEnd, readEnvelope } from "../envelope.ts";
import type { Envelope, LogLevel, LogTime } from "../log-line.ts";
import { type ByteNames, createByteNames } from "./byte-names.ts";
import type { KnownProgram, ProgramList } from "./programs.ts";
import { createStampMemory } from "./stamp-memory.ts";

/** What stands around the message of one line: an Envelope in numbers. Offsets are absolute in the bytes given. */
export interface Header {
  readonly time: LogTime | null;
  /** -1 where the line names no host. */
  readonly hostStart: number;
  readonly hostEnd: number;
  readonly program: KnownProgram;
  /** -1 where the line has none. */
  readonly pid: number;
  readonly level: LogLevel;
  readonly repeated: number;
  /** Where the message lies: the bytes given, or a copy without escapes (`journalctl -o json`). */
  readonly text: Uint8Array;
  readonly messageStart: number;
  readonly messageEnd: number;
}

/**
 * Reads headers of lines that follow one another.
 *
 * A log's lines are headed alike: same host, few programs, the same second or the next. So what readEnvelope found in one line is kept, and the
 * next line is compared with it: the stamp byte for byte or digit for digit (stamp-memory.ts), blanks and host byte for byte, then a tag of the form
 * `name[123]: ` that was seen before. Where all this holds, readEnvelope could find nothing else: every decision it makes before the message looks at
 * these bytes only. Where anything differs, readEnvelope reads the line.
 */
export interface HeaderReader {
  /** The result is the reader's own, good until the next line. */
  read(bytes: Uint8Array, start: number, end: number): Header;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A header's longest beginning that is kept. */
const LONGEST_HEAD = 320;
/** As in readTag. */
const LONGEST_TAG = 128;
const MOST_TAGS = 4096;
const POSTFIX_LEVELS: readonly (readonly [first: number, prefix: string, level: LogLevel])[] = [
  [0x77, "warning: ", "warning"],
  [0x65, "error: ", "error"],
  [0x66, "fatal: ", "fatal"],
  [0x70, "panic: ", "panic"],
];

export function createHeaderReader(programs: ProgramList): HeaderReader {
  const header: Mutable<Header> = {
    time: null,
    hostStart: -1,
    hostEnd: -1,
    program: programs.add(null, null, null),
    pid: -1,
    level: "info",
    repeated: 1,
    text: new Uint8Array(0),
    messageStart: 0,
    messageEnd: 0,
  };
  const stamps = createStampMemory();
  /** The last such line's bytes between its stamp and its tag: blanks, host, blanks. Length 0: none is kept. */
  const between = new Uint8Array(LONGEST_HEAD);
  let betweenLength = 0;
  let hostAt = 0;
  let hostLength = 0;
  const tags: ByteNames = createByteNames();
  const programOf: KnownProgram[] = [];

  function read(bytes: Uint8Array, start: number, end: number): Header {
    const stop = lineEnd(bytes, start, end);
    if (betweenLength === 0 || !readLikeBefore(bytes, start, stop)) readAnew(bytes, start, stop);
    return header;
  }

  /** @returns false where the line has to be read from the beginning */
  function readLikeBefore(bytes: Uint8Array, start: number, end: number): boolean {
    const stampEnd = stamps.endOf(bytes, start, end);
    if (stampEnd === -1 || stampEnd + betweenLength >= end) return false;
    for (let index = 0; index < betweenLength; index += 1) if (bytes[stampEnd + index] !== between[index]) return false;
    const tagStart = stampEnd + betweenLength;
    const limit = Math.min(end, tagStart + LONGEST_TAG);
    let nameEnd = tagStart;
    while (nameEnd < limit && bytes[nameEnd] !== OPEN_BRACKET) nameEnd += 1;
    if (nameEnd >= limit) return false;
    const tag = tags.find(bytes, tagStart, nameEnd);
    const program = programOf[tag];
    if (program === undefined) return false;
    const close = skipDigits(bytes, nameEnd + 1, end);
    if (close === nameEnd + 1 || close + 3 >= end || bytes[close] !== CLOSE_BRACKET) return false;
    if (bytes[close + 1] !== COLON || bytes[close + 2] !== SPACE || isBlank(bytes[close + 3])) return false;
    if (!readMessage(bytes, close + 3, end, program)) return false;
    header.time = stamps.time(bytes, start);
    header.hostStart = stampEnd + hostAt;
    header.hostEnd = header.hostStart + hostLength;
    header.pid = decimal(bytes, nameEnd + 1, close);
    header.text = bytes;
    return true;
  }

  function readMessage(bytes: Uint8Array, at: number, end: number, program: KnownProgram): boolean {
    header.repeated = 1;
    header.messageEnd = end;
    if (program.system !== "postfix") {
      const found = readMessageStart(bytes, at, end, program.system);
      header.program = found.service === null ? program : programs.add(program.tag, found.service, program.system);
      header.level = found.level ?? "info";
      header.repeated = found.repeated;
      header.messageStart = found.start;
      header.messageEnd = Math.max(found.start, found.end);
      return true;
    }
    // rsyslog's `message repeated 3 times: [`: rare, and read in full.
    if (bytes[at] === 0x6d && standsAt(bytes, at, end, "message repeated ")) return false;
    header.program = program;
    header.level = "info";
    header.messageStart = at;
    for (const [first, prefix, level] of POSTFIX_LEVELS) {
      if (bytes[at] !== first || !standsAt(bytes, at, end, prefix)) continue;
      // Several blanks behind it: what they mean is for the full reader.
      if (at + prefix.length >= end || isBlank(bytes[at + prefix.length])) return false;
      header.level = level;
      header.messageStart = at + prefix.length;
    }
    return true;
  }

  function readAnew(bytes: Uint8Array, start: number, end: number): void {
    const envelope = readEnvelope(bytes, start, end);
    const { hostSpan, programSpan, text, message } = envelope;
    const tag = programSpan === null ? null : latin1(bytes, start + programSpan.start, start + programSpan.end);
    header.time = envelope.time;
    header.hostStart = hostSpan === null ? -1 : start + hostSpan.start;
    header.hostEnd = hostSpan === null ? -1 : start + hostSpan.end;
    header.program = programs.add(tag, envelope.daemon, envelope.system);
    header.pid = envelope.pid ?? -1;
    header.level = envelope.level;
    header.repeated = envelope.repeated;
    header.text = text ?? bytes;
    header.messageStart = text === null ? start + message.start : message.start;
    header.messageEnd = text === null ? start + message.end : message.end;
    if (isPlain(envelope)) keep(envelope, bytes, start, end);
  }

  /** Make this line the one that the next is compared with. */
  function keep(envelope: Envelope, bytes: Uint8Array, start: number, end: number): void {
    const { timeSpan, hostSpan, programSpan, pidSpan, time } = envelope;
    if (time === null || timeSpan === null || hostSpan === null || programSpan === null || pidSpan === null) return;
    const nameEnd = start + programSpan.end;
    const pidEnd = start + pidSpan.end;
    const isTag =
      pidSpan.start === programSpan.end + 1 &&
      bytes[nameEnd] === OPEN_BRACKET &&
      standsAt(bytes, pidEnd, end, "]: ") &&
      envelope.system !== null &&
      isNameOnly(bytes, start + programSpan.start, nameEnd) &&
      programSpan.end - programSpan.start < LONGEST_TAG;
    const length = programSpan.start - timeSpan.end;
    const isOneHeader = blanks(bytes, start + timeSpan.end, start + hostSpan.start);
    const isNextTag = blanks(bytes, start + hostSpan.end, start + programSpan.start);
    if (!isTag || !isOneHeader || !isNextTag || length > LONGEST_HEAD) return;
    betweenLength = stamps.keep(envelope, bytes, start) ? length : 0;
    between.set(bytes.subarray(start + timeSpan.end, start + programSpan.start));
    hostAt = hostSpan.start - timeSpan.end;
    hostLength = hostSpan.end - hostSpan.start;
    if (tags.count >= MOST_TAGS) return;
    const { tag } = header.program;
    const own = tag === null ? "" : tag.slice(tag.lastIndexOf("/") + 1);
    programOf[tags.add(bytes, start + programSpan.start, nameEnd)] = programs.add(tag, own, envelope.system);
  }

  return { read };
}

/** Headed by a stamp, a host and a tag, and nothing else. */
function isPlain({ form, timeSpan, text }: Envelope): boolean {
  return (form === "bsd" || form === "rfc3339") && timeSpan?.start === 0 && text === null;
}

function isNameOnly(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (!isTagByte(bytes[at])) return false;
  return end > start;
}

/** Blanks, at least one, and nothing else. */
function blanks(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (!isBlank(bytes[at])) return false;
  return end > start;
}
