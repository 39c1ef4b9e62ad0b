import {
  COLON,
  DOT,
  decimal,
  GREATER,
  isDigit,
  isLower,
  LESS,
  MINUS,
  OPEN_BRACKET,
  SEMICOLON,
  SPACE,
  skipBlanks,
  skipDigits,
  standsAt,
} from "../ascii.ts";
import type { LogLevel } from "../log-line.ts";
import type { Tag } from "./tag.ts";

const HASH = 0x23;
const OPEN_PARENTHESIS = 0x28;
const CLOSE_PARENTHESIS = 0x29;
const UNDERSCORE = 0x5f;

/** Its words for levels in its own file, where `log_severity` is set. */
const LEVELS: readonly (readonly [string, LogLevel])[] = [
  ["[debug] ", "info"],
  ["[info] ", "info"],
  ["[notice] ", "info"],
  ["[warn] ", "warning"],
  ["[error] ", "error"],
];

/**
 * What Rspamd's own file (src/libserver/logger/logger_file.c) has behind the stamp instead of host and tag: `#4711(normal) `, with the level in brackets
 * before it or not. The message begins there: readMessageStart steps over it. Null where something else stands.
 */
export function readRspamdHeader(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly tag: Tag; readonly level: LogLevel | null } | null {
  const level = bytes[at] === OPEN_BRACKET ? LEVELS.find(([word]) => standsAt(bytes, at, end, word)) : undefined;
  const start = at + (level?.[0].length ?? 0);
  if (bytes[start] !== HASH || start >= end) return null;
  const next = afterProcess(bytes, start, end);
  const digits = skipDigits(bytes, start + 1, end);
  if (next === start || digits === start + 1) return null;
  const pid = { start: start + 1, end: digits, value: decimal(bytes, start + 1, digits) };
  const named = { start: digits + 1, nameEnd: next - ") ".length };
  return { tag: { name: "rspamd", system: "rspamd", ...named, pid, next: start }, level: level?.[1] ?? null };
}

/**
 * Step over what Rspamd says of a message before it: which process (in its own file, and where systemd takes its output), for which task, in which module and
 * function: `#4711(normal) <a1b2c3>; proxy; proxy_accept_socket: `, `(main) <x>; lua; neural.lua:780: `. To syslog it writes all three, elsewhere what it knows.
 */
export function afterRspamdPlace(bytes: Uint8Array, at: number, end: number): number {
  const process = afterStamp(bytes, at, end);
  const start = afterProcess(bytes, process, end);
  let next = start;
  if (bytes[next] === LESS && next < end) {
    while (next < end && bytes[next] !== GREATER) next += 1;
    if (!standsAt(bytes, next, end, ">; ")) return start;
    next += ">; ".length;
  } else if (start === process) return at;
  let semicolon = start > process;
  for (; next < end; next += 1) {
    const byte = bytes[next];
    if (byte === SEMICOLON) semicolon = true;
    else if (byte === COLON) {
      if (semicolon) return skipBlanks(bytes, afterLine(bytes, next + 1, end), end);
    } else if (byte === SPACE && bytes[next - 1] !== SEMICOLON) return start;
  }
  return start;
}

/** Before it has read where to log, it prints what else stands in its file, and systemd takes that down: `2026-11-22 10:00:00 [error] #4711(main) `. */
function afterStamp(bytes: Uint8Array, at: number, end: number): number {
  if (!isDigit(bytes[at]) || at >= end) return at;
  let next = at;
  while (next < end && isOfStamp(bytes[next])) next += 1;
  if (bytes[next] === OPEN_BRACKET && next < end) {
    next += 1;
    while (next < end && isLower(bytes[next])) next += 1;
    if (!standsAt(bytes, next, end, "] ")) return at;
    next += "] ".length;
  }
  return bytes[next] === HASH && next < end ? next : at;
}

function isOfStamp(byte: number | undefined): boolean {
  return isDigit(byte) || byte === MINUS || byte === COLON || byte === DOT || byte === SPACE;
}

/** `#4711(normal) ` or `(normal) `. */
function afterProcess(bytes: Uint8Array, at: number, end: number): number {
  let next = bytes[at] === HASH ? skipDigits(bytes, at + 1, end) : at;
  if (bytes[next] !== OPEN_PARENTHESIS || next >= end) return at;
  next += 1;
  const name = next;
  while (next < end && (isLower(bytes[next]) || bytes[next] === UNDERSCORE)) next += 1;
  return next > name && bytes[next] === CLOSE_PARENTHESIS && bytes[next + 1] === SPACE && next + 1 < end
    ? next + 2
    : at;
}

/** A place in Lua has a line: `neural.lua:780: `. */
function afterLine(bytes: Uint8Array, at: number, end: number): number {
  const next = skipDigits(bytes, at, end);
  return next > at && bytes[next] === COLON && next < end ? next + 1 : at;
}
