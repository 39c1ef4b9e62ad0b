import {
  CLOSE_BRACKET,
  COLON,
  DOT,
  ESC,
  isAlphanumeric,
  isBlank,
  isDigit,
  isUpper,
  latin1,
  MINUS,
  nextBlank,
  OPEN_BRACKET,
  PIPE,
  skipBlanks,
  standsAt,
} from "../ascii.ts";
import type { LogLevel } from "../log-line.ts";

const LONGEST_NAME = 128;

/**
 * Step over what a container's log viewer puts before the line: `service-1  | ` of docker compose (coloured or not),
 * `[pod/name/container] ` of kubectl. @returns `at` itself where there is no such prefix
 */
export function afterContainerPrefix(bytes: Uint8Array, at: number, end: number): number {
  const start = afterColour(bytes, at, end);
  if (bytes[start] === OPEN_BRACKET && standsAt(bytes, start, end, "[pod/")) {
    const blank = nextBlank(bytes, start, Math.min(end, start + LONGEST_NAME));
    return bytes[blank - 1] === CLOSE_BRACKET && isBlank(bytes[blank]) ? skipBlanks(bytes, blank, end) : at;
  }
  let next = start;
  const stop = Math.min(end, start + LONGEST_NAME);
  while (next < stop && isNameByte(bytes[next])) next += 1;
  if (next === start || next >= stop || !isBlank(bytes[next])) return at;
  next = skipBlanks(bytes, next, stop);
  if (bytes[next] !== PIPE || next >= end) return at;
  return skipBlanks(bytes, afterColour(bytes, next + 1, end), end);
}

/** The stream and tag columns of a container runtime's own log file: `stdout F `. */
export function afterStreamColumns(bytes: Uint8Array, at: number, end: number): number {
  for (const columns of ["stdout F ", "stderr F ", "stdout P ", "stderr P "]) {
    if (standsAt(bytes, at, end, columns)) return at + columns.length;
  }
  return at;
}

/** Terminal colours around a prefix (SGR sequences only). */
function afterColour(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next + 1 < end && bytes[next] === ESC && bytes[next + 1] === OPEN_BRACKET) {
    let letter = next + 2;
    while (letter < end && (isDigit(bytes[letter]) || bytes[letter] === 0x3b)) letter += 1;
    if (bytes[letter] !== 0x6d || letter >= end) return next;
    next = letter + 1;
  }
  return next;
}

function isNameByte(byte: number | undefined): boolean {
  return isAlphanumeric(byte) || byte === MINUS || byte === DOT || byte === 0x5f || byte === COLON;
}

const LEVELS: ReadonlyMap<string, LogLevel> = new Map([
  ["DEBUG", "info"],
  ["INFO", "info"],
  ["NOTICE", "info"],
  ["WARN", "warning"],
  ["WARNING", "warning"],
  ["ERR", "error"],
  ["ERROR", "error"],
  ["CRIT", "fatal"],
  ["CRITICAL", "fatal"],
  ["ALERT", "fatal"],
  ["EMERG", "fatal"],
  ["FATAL", "fatal"],
  ["PANIC", "panic"],
]);

/** A column that says how bad the line is: `WARNING`, or syslog's `mail.warn`. */
export interface LevelColumn {
  readonly level: LogLevel;
  /** Where the next column starts. */
  readonly next: number;
  /** Written as facility and severity, which syslog daemons do too, not containers only. */
  readonly facility: boolean;
}

export function readLevelColumn(bytes: Uint8Array, at: number, end: number): LevelColumn | null {
  // All such words are upper case, or start with syslog's facility.
  if (!isUpper(bytes[at]) && !standsAt(bytes, at, end, "mail.")) return null;
  const stop = nextBlank(bytes, at, Math.min(end, at + 20));
  if (stop >= end || !isBlank(bytes[stop])) return null;
  const word = latin1(bytes, at, stop);
  const severity = word.startsWith("mail.") ? word.slice("mail.".length).toUpperCase() : word;
  const level = LEVELS.get(severity);
  return level === undefined ? null : { level, next: skipBlanks(bytes, stop, end), facility: severity !== word };
}
