import {
  CLOSE_BRACKET,
  COLON,
  DOT,
  decimal,
  isAlphanumeric,
  isBlank,
  latin1,
  MINUS,
  OPEN_BRACKET,
  SLASH,
  skipDigits,
} from "../ascii.ts";
import type { LogSystem } from "../log-line.ts";
import { neighbourOf } from "../systems.ts";
import { systemOf } from "./programs.ts";

/** A program's tag at the head of a message: `postfix/smtpd[123]: `. Positions are offsets in the bytes. */
export interface Tag {
  readonly name: string;
  readonly system: LogSystem;
  readonly start: number;
  readonly nameEnd: number;
  readonly pid: { readonly start: number; readonly end: number; readonly value: number } | null;
  /** Where the message starts. */
  readonly next: number;
}

const LONGEST_TAG = 128;
/** Words with a colon that start messages, not tags. */
const NO_TAGS = new Set(["warning", "error", "fatal", "panic", "NOQUEUE", "statistics", "reject"]);

/**
 * The tag that starts at `at`, or null. It may lack its pid, the colon, the blank after it.
 *
 * `loose`: a host stands before, so a word with a colon is a tag. Otherwise that could as well be a message's own first
 * word, such as `NOQUEUE:`, and only a pid or a program we know makes a tag.
 */
export function readTag(bytes: Uint8Array, at: number, end: number, loose: boolean): Tag | null {
  const stop = Math.min(end, at + LONGEST_TAG);
  let next = at;
  while (next < stop && isTagByte(bytes[next])) next += 1;
  if (next === at || next === at + LONGEST_TAG) return null;
  const nameEnd = next;
  const pid = readPid(bytes, next, end);
  if (pid !== null) next = pid.end + 1;
  const colon = next < end && bytes[next] === COLON;
  if (colon) next += 1;
  const blank = next < end ? isBlank(bytes[next]) : true;
  // Nearly every word of a line comes by here: without any mark of a tag it needs no closer look.
  if (pid === null && !colon && !(blank && holdsSlash(bytes, at, nameEnd)))
    return looseTag(bytes, at, nameEnd, end, loose && blank);
  const name = latin1(bytes, at, nameEnd);
  const system = systemOf(name);
  const certain = pid !== null ? colon : colon && blank && loose;
  if (!certain && system === null) return null;
  if (pid === null && NO_TAGS.has(name)) return null;
  return { name, system, start: at, nameEnd, pid, next: blank ? Math.min(next + 1, end) : next };
}

/** A program's bare name behind the host: iRedAPD logs so. */
function looseTag(bytes: Uint8Array, start: number, end: number, lineEnd: number, allowed: boolean): Tag | null {
  const name = allowed ? latin1(bytes, start, end) : "";
  const system = name === "" ? null : neighbourOf(name);
  return system === null ? null : { name, system, start, nameEnd: end, pid: null, next: Math.min(end + 1, lineEnd) };
}

function holdsSlash(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (bytes[at] === SLASH) return true;
  }
  return false;
}

function readPid(bytes: Uint8Array, at: number, end: number): Tag["pid"] {
  if (bytes[at] !== OPEN_BRACKET || at >= end) return null;
  const close = skipDigits(bytes, at + 1, end);
  if (close === at + 1 || close >= end || bytes[close] !== CLOSE_BRACKET) return null;
  return { start: at + 1, end: close, value: decimal(bytes, at + 1, close) };
}

export function isTagByte(byte: number | undefined): boolean {
  return (
    isAlphanumeric(byte) ||
    byte === SLASH ||
    byte === MINUS ||
    byte === DOT ||
    byte === 0x5f ||
    byte === 0x40 ||
    byte === 0x2b ||
    byte === 0x23
  );
}
