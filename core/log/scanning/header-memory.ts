import type { Span } from "../../text/span.ts";
import { COMMA, DOT, isBlank, latin1, OPEN_BRACKET, skipBlanks, skipDigits, standsAt } from "../ascii.ts";
import { levelsOf, readDovecotService } from "../envelope/message-start.ts";
import { isDovecotService } from "../envelope/programs.ts";
import { isTagByte } from "../envelope/tag.ts";
import type { Envelope, LogLevel, LogSystem, LogTime } from "../log-line.ts";
import type { Machine } from "../machine/machine.ts";
import { encodeUtf8 } from "../utf8.ts";
import type { Program } from "./programs.ts";

/**
 * What the machine remembers of headers (assembly/header.ts), and what its numbers mean. A log's lines are headed alike: of a line that was read in full the
 * machine keeps the header, and reads those that differ from it in clock, tag and pid only. One for all scanners of an engine: lines of two logs in turn are
 * read more slowly, not otherwise.
 */
export interface HeaderMemory {
  /** Make a line that was read in full, and lies in the machine's memory, the one that the next are compared with. @param address of its first byte */
  keep(envelope: Envelope, bytes: Uint8Array, start: number, end: number, address: number): void;
  /** Whose tag or service has a number. */
  writerOf(number: number): Program;
  /** Counts how often the numbers of writers were given anew. */
  generation(): number;
  /** The time of the stamp at `start` of a line that the machine has read, by the stamp's number: the same object as long as it is the same stamp. */
  timeOf(stamp: number, bytes: Uint8Array, start: number): LogTime | null;
}

/** By their numbers in the machine. */
export const LOG_LEVELS: readonly LogLevel[] = ["info", "warning", "error", "fatal", "panic"];

/** Whose messages begin in ways of their own; all others' alike. Numbered as in assembly/message-start.ts. */
const KINDS: readonly LogSystem[] = ["postfix", "dovecot", "amavis", "rspamd", "clamav"];

/** As in readTag. */
const LONGEST_TAG = 128;
const BSD_LENGTH = 15;
/** Where the clock starts. */
const BSD_CLOCK = 7;
const ISO_CLOCK = 11;
const CLOCK_LENGTH = 8;
const NO_ONE: Program = { tag: null, daemon: null, system: null };

export function createHeaderMemory(machine: Machine): HeaderMemory {
  const { calls } = machine;
  let writers: Program[] = [];
  let generation = 0;
  let clock = 0;
  let fractionStart = 0;
  let fractionEnd = 0;
  let time: LogTime | null = null;
  let timeStamp = -1;

  calls.setHashSeed(Math.floor(Math.random() * 0x1_0000_0000));
  for (const [kind, system] of [...KINDS, null].entries()) calls.setLevels(kind, machine.put(levelWords(system)));

  function keepStamp(envelope: Envelope, bytes: Uint8Array, start: number, address: number): boolean {
    const { form, timeSpan, hostSpan, programSpan, time: read } = envelope;
    if (timeSpan === null || hostSpan === null || programSpan === null || read === null) return false;
    const length = timeSpan.end;
    const isKnown = form === "bsd" ? length === BSD_LENGTH && read.year === null : length >= ISO_CLOCK + CLOCK_LENGTH;
    if (!isKnown) return false;
    clock = form === "bsd" ? BSD_CLOCK : ISO_CLOCK;
    const point = start + clock + CLOCK_LENGTH;
    const hasFraction = length > clock + CLOCK_LENGTH && (bytes[point] === DOT || bytes[point] === COMMA);
    fractionStart = hasFraction ? point + 1 - start : 0;
    fractionEnd = hasFraction ? skipDigits(bytes, point + 1, start + length) - start : 0;
    const shape = [length, clock, fractionStart, fractionEnd] as const;
    const stamp = calls.keepHeader(address, ...shape, programSpan.start, hostSpan.start, hostSpan.end);
    time = read;
    timeStamp = stamp;
    return stamp !== -1;
  }

  /** @returns false where the machine has no room for more writers */
  function learn(envelope: Envelope, bytes: Uint8Array, start: number, end: number, address: number): boolean {
    const { programSpan, pidSpan, system } = envelope;
    if (programSpan === null) return true;
    // A tag without a pid is another than the same with one: its colon is part of its name.
    const nameEnd = pidSpan === null ? programSpan.end + 1 : programSpan.end;
    const tag = latin1(bytes, start + programSpan.start, start + programSpan.end);
    // Behind these more than the name decides whether it is a tag.
    if (pidSpan === null && isDovecotService(tag)) return true;
    const daemon = tag.slice(tag.lastIndexOf("/") + 1);
    const kind = KINDS.indexOf(system);
    const row = machine.rowOf({ tagged: true, system, daemon });
    const number = calls.learnTag(
      address + programSpan.start,
      address + nameEnd,
      kind === -1 ? KINDS.length : kind,
      row,
    );
    if (number === -1) return false;
    writers[number] = { tag, daemon, system };
    if (system !== "dovecot") return true;
    const at = skipBlanks(bytes, start + behindTag(programSpan, pidSpan), end);
    const service = readDovecotService(bytes, at, end, false)?.name ?? null;
    if (service === null) return true;
    const name = address + at - start;
    const own = machine.rowOf({ tagged: true, system, daemon: service });
    const spoken = calls.learnService(number, name, name + service.length, own);
    if (spoken === -1) return false;
    writers[spoken] = { tag, daemon: service, system };
    return true;
  }

  return {
    keep(envelope, bytes, start, end, address) {
      if (!isPlain(envelope, bytes, start, end) || !keepStamp(envelope, bytes, start, address)) return;
      if (learn(envelope, bytes, start, end, address)) return;
      calls.forgetWriters();
      writers = [];
      generation += 1;
      learn(envelope, bytes, start, end, address);
    },
    writerOf: (number) => writers[number] ?? NO_ONE,
    generation: () => generation,
    timeOf(stamp, bytes, start) {
      if (stamp === timeStamp || time === null) return time;
      const at = start + clock;
      time = {
        year: time.year,
        month: time.month,
        day: time.day,
        hour: twoDigits(bytes, at),
        minute: twoDigits(bytes, at + 3),
        second: twoDigits(bytes, at + 6),
        microsecond: fractionEnd === 0 ? 0 : microseconds(bytes, start + fractionStart, start + fractionEnd),
        offsetMinutes: time.offsetMinutes,
      };
      timeStamp = stamp;
      return time;
    },
  };
}

/** The words for levels of a system, one after the other: length, level, bytes; a length of 0 ends the list. */
function levelWords(system: LogSystem): Uint8Array {
  const words = levelsOf(system === null ? "rspamd" : system);
  return Uint8Array.from([
    ...words.flatMap(([word, level]) => [word.length, LOG_LEVELS.indexOf(level), ...encodeUtf8(word)]),
    0,
  ]);
}

/** Where the message, or a blank before it, stands behind a plain tag. */
function behindTag(program: Span, pid: Span | null): number {
  return pid === null ? program.end + ": ".length : pid.end + "]: ".length;
}

/** Headed by a stamp, a host and a tag of a program we know, with its pid or without, and nothing else. */
function isPlain(envelope: Envelope, bytes: Uint8Array, start: number, end: number): boolean {
  const { form, timeSpan, hostSpan, programSpan, pidSpan, text, system } = envelope;
  if (timeSpan === null || hostSpan === null || programSpan === null || system === null) return false;
  const nameEnd = start + programSpan.end;
  return (
    (form === "bsd" || form === "rfc3339") &&
    timeSpan.start === 0 &&
    text === null &&
    isAll(isBlank, bytes, start + timeSpan.end, start + hostSpan.start) &&
    isAll(isBlank, bytes, start + hostSpan.end, start + programSpan.start) &&
    isAll(isTagByte, bytes, start + programSpan.start, nameEnd) &&
    programSpan.end - programSpan.start < LONGEST_TAG &&
    (pidSpan === null
      ? standsAt(bytes, nameEnd, end, ": ")
      : pidSpan.start === programSpan.end + 1 &&
        bytes[nameEnd] === OPEN_BRACKET &&
        standsAt(bytes, start + pidSpan.end, end, "]: "))
  );
}

/** Bytes of one class, at least one, and nothing else. */
function isAll(is: (byte: number | undefined) => boolean, bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (!is(bytes[at])) return false;
  return end > start;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) - 0x30) * 10 + (bytes[at + 1] ?? 0) - 0x30;
}

/** As readClock has it: digits beyond the sixth are cut off. */
function microseconds(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < start + 6; at += 1) value = value * 10 + (at < end ? (bytes[at] ?? 0) - 0x30 : 0);
  return value;
}
