import {
  CLOSE_BRACKET,
  COLON,
  decimal,
  GREATER,
  isAlphanumeric,
  isDigit,
  LESS,
  latin1,
  MINUS,
  skipBlanks,
  skipDigits,
  standsAt,
} from "../ascii.ts";
import type { LogLevel, LogSystem } from "../log-line.ts";
import { isDovecotService, isLoneDovecotService } from "./programs.ts";
import { afterRspamdPlace } from "./rspamd.ts";

/** What stands between a tag and the message proper. */
export interface MessageStart {
  readonly start: number;
  readonly end: number;
  /** Null where no prefix says so. */
  readonly level: LogLevel | null;
  /** Dovecot's service, where the message begins with one. */
  readonly service: string | null;
  readonly repeated: number;
}

const POSTFIX_LEVELS: readonly (readonly [string, LogLevel])[] = [
  ["warning: ", "warning"],
  ["error: ", "error"],
  ["fatal: ", "fatal"],
  ["panic: ", "panic"],
];
const DOVECOT_LEVELS: readonly (readonly [string, LogLevel])[] = [
  ["Info: ", "info"],
  ["Debug: ", "info"],
  ["Warning: ", "warning"],
  ["Error: ", "error"],
  ["Fatal: ", "fatal"],
  ["Panic: ", "panic"],
];
/** The other programs know no common form. */
const OTHER_LEVELS: readonly (readonly [string, LogLevel])[] = (
  [
    ["debug", "info"],
    ["info", "info"],
    ["notice", "info"],
    ["warning", "warning"],
    ["error", "error"],
    ["fatal", "fatal"],
    ["critical", "fatal"],
  ] as const
).flatMap(([word, level]) =>
  [word, word.toUpperCase(), `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`].map(
    (spelt): readonly [string, LogLevel] => [`${spelt}: `, level],
  ),
);
/** How amavis marks what is wrong (Amavis/Log.pm). */
const AMAVIS_LEVELS: readonly (readonly [string, LogLevel])[] = [
  ["(!)", "warning"],
  ["(!!)", "error"],
  ["(!!!)", "fatal"],
];
const REPEATED = "message repeated ";
/** As in `Sat Nov 28 19:14:04 2026`. */
const CTIME_LENGTH = 24;

/**
 * Step over what is no part of the message: rsyslog's folding, Dovecot's service, amavis's task number, where in Rspamd
 * it was said, ClamAV's own time, the level.
 */
export function readMessageStart(bytes: Uint8Array, at: number, end: number, system: LogSystem): MessageStart {
  const unfolded = unfold(bytes, skipBlanks(bytes, at, end), end);
  let { start } = unfolded;
  let service: string | null = null;
  if (system === "dovecot") {
    const found = readDovecotService(bytes, start, unfolded.end, false);
    if (found !== null) {
      service = found.name;
      start = found.next;
    }
  } else if (system === "amavis") {
    start = afterTaskNumber(bytes, start, unfolded.end);
  } else if (system === "rspamd") {
    start = afterRspamdPlace(bytes, start, unfolded.end);
  }
  const levels = levelsOf(system);
  const first = levelAt(levels, bytes, start, unfolded.end);
  if (first !== null) start = first.next;
  const stamped = system === "clamav" ? afterClamavStamp(bytes, start, unfolded.end) : start;
  // `FATAL: ERROR: …`, where a library adds its own word. The first says it.
  const mayFollow = (first !== null && levels === OTHER_LEVELS) || stamped > start;
  const second = mayFollow ? levelAt(levels, bytes, stamped, unfolded.end) : null;
  start = second?.next ?? stamped;
  const level = first?.level ?? second?.level ?? null;
  return { start, end: unfolded.end, level, service, repeated: unfolded.repeated };
}

function levelAt(
  levels: readonly (readonly [string, LogLevel])[],
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly level: LogLevel; readonly next: number } | null {
  const found = levels.find(([prefix]) => standsAt(bytes, at, end, prefix));
  return found === undefined ? null : { level: found[1], next: skipBlanks(bytes, at + found[0].length, end) };
}

export function levelsOf(system: LogSystem): readonly (readonly [string, LogLevel])[] {
  if (system === "postfix" || system === null) return POSTFIX_LEVELS;
  if (system === "dovecot") return DOVECOT_LEVELS;
  return system === "amavis" ? AMAVIS_LEVELS : OTHER_LEVELS;
}

/** rsyslog folds equal lines: `message repeated 3 times: [ the message]`. */
function unfold(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly start: number; readonly end: number; readonly repeated: number } {
  const whole = { start: at, end, repeated: 1 };
  if (!standsAt(bytes, at, end, REPEATED) || bytes[end - 1] !== CLOSE_BRACKET) return whole;
  const number = at + REPEATED.length;
  const numberEnd = skipDigits(bytes, number, end);
  if (numberEnd === number || !standsAt(bytes, numberEnd, end, " times: [")) return whole;
  const start = skipBlanks(bytes, numberEnd + " times: [".length, end - 1);
  return { start, end: end - 1, repeated: Math.max(1, decimal(bytes, number, numberEnd)) };
}

/**
 * Dovecot's service at the head of its message: `imap-login: `, `imap(user@example.com)<123><session>: `. `lone`: no
 * `dovecot` tag stands before (its own log file), so names that Postfix has too count only before a level.
 */
export function readDovecotService(
  bytes: Uint8Array,
  at: number,
  end: number,
  lone: boolean,
): { readonly name: string; readonly next: number } | null {
  let next = at;
  while (next < end && next - at < 32 && (isAlphanumeric(bytes[next]) || bytes[next] === MINUS)) next += 1;
  const after = bytes[next];
  if (next >= end || (after !== COLON && after !== LESS && after !== 0x28)) return null;
  const name = latin1(bytes, at, next);
  if (!isDovecotService(name)) return null;
  for (;;) {
    const close = bytes[next] === 0x28 ? 0x29 : bytes[next] === LESS ? GREATER : null;
    if (close === null || next >= end) break;
    while (next < end && bytes[next] !== close) next += 1;
    if (next >= end) return null;
    next += 1;
  }
  if (next >= end || bytes[next] !== COLON) return null;
  const message = skipBlanks(bytes, next + 1, end);
  // `master: Info: `: its own log file says the level, which tells it from Postfix' programs of that name.
  const certain = !lone || isLoneDovecotService(name) || levelAt(DOVECOT_LEVELS, bytes, message, end) !== null;
  return certain ? { name, next: message } : null;
}

/** ClamAV's programs print with the time, as in their own files, and systemd takes that down: `Sat Nov 28 19:14:04 2026 -> `. */
function afterClamavStamp(bytes: Uint8Array, at: number, end: number): number {
  const arrow = at + CTIME_LENGTH;
  const isStamp = isDigit(bytes[at + 11]) && bytes[at + 13] === COLON && standsAt(bytes, arrow, end, " -> ");
  return isStamp ? skipBlanks(bytes, arrow + " -> ".length, end) : at;
}

/** amavis numbers its tasks: `(12345-01-2) `. */
function afterTaskNumber(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== 0x28 || at >= end) return at;
  let next = at + 1;
  while (next < end && (isDigit(bytes[next]) || bytes[next] === MINUS)) next += 1;
  return next > at + 1 && next < end && bytes[next] === 0x29 ? skipBlanks(bytes, next + 1, end) : at;
}
