import {
  BACKSLASH,
  CLOSE_BRACKET,
  decimal,
  isBlank,
  isDigit,
  latin1,
  MINUS,
  nextBlank,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  skipDigits,
} from "../ascii.ts";
import type { LogLevel } from "../log-line.ts";
import type { Draft } from "./draft.ts";
import { systemOf } from "./programs.ts";
import { readStamp } from "./stamp.ts";
import type { Tag } from "./tag.ts";

/**
 * `1 2026-11-22T10:00:00.123+01:00 host postfix/smtpd 123 - [id name="value"] message` (RFC 5424, section 6), after its
 * priority if it has one. Null if the line is none.
 */
export function readRfc5424(bytes: Uint8Array, at: number, end: number, level: LogLevel | null): Draft | null {
  if (bytes[at] !== 0x31 || bytes[at + 1] !== SPACE) return null;
  const stamp = bytes[at + 2] === MINUS ? null : readStamp(bytes, at + 2, end);
  if (stamp === null && !(bytes[at + 2] === MINUS && bytes[at + 3] === SPACE)) return null;
  const host = column(bytes, stamp === null ? at + 4 : stamp.end + 1, end);
  const program = column(bytes, host.end + 1, end);
  const process = column(bytes, program.end + 1, end);
  const messageId = column(bytes, process.end + 1, end);
  if (messageId.start >= end) return null;
  const message = afterByteOrderMark(bytes, afterStructuredData(bytes, messageId.end + 1, end), end);
  return {
    form: "rfc5424",
    stamp,
    host: nil(bytes, host) ? null : host,
    tag: tagOf(bytes, program, process, message),
    message,
    level,
    service: null,
  };
}

interface Column {
  readonly start: number;
  readonly end: number;
}

function column(bytes: Uint8Array, at: number, end: number): Column {
  const start = Math.min(at, end);
  return { start, end: nextBlank(bytes, start, end) };
}

function nil(bytes: Uint8Array, { start, end }: Column): boolean {
  return end === start || (end === start + 1 && bytes[start] === MINUS);
}

function tagOf(bytes: Uint8Array, program: Column, process: Column, next: number): Tag | null {
  if (nil(bytes, program)) return null;
  const numeric = process.end > process.start && skipDigits(bytes, process.start, process.end) === process.end;
  const pid = numeric ? { ...process, value: decimal(bytes, process.start, process.end) } : null;
  const name = latin1(bytes, program.start, Math.min(program.end, program.start + 128));
  return { name, system: systemOf(name), start: program.start, nameEnd: program.end, pid, next };
}

/** After `-` or any number of `[id name="value"]`, in whose values `\]` and `\"` are escaped, and the blank behind. */
function afterStructuredData(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  if (bytes[next] === MINUS && next < end) next += 1;
  else while (next < end && bytes[next] === OPEN_BRACKET) next = afterElement(bytes, next + 1, end);
  return next < end && isBlank(bytes[next]) ? next + 1 : Math.min(next, end);
}

function afterElement(bytes: Uint8Array, at: number, end: number): number {
  let quoted = false;
  for (let next = at; next < end; next += 1) {
    const byte = bytes[next];
    if (byte === BACKSLASH && quoted) next += 1;
    else if (byte === QUOTE) quoted = !quoted;
    else if (byte === CLOSE_BRACKET && !quoted) return next + 1;
  }
  return end;
}

/**
 * After the UTF-8 byte order mark that the RFC wants before a UTF-8 message, and that some editors put before a file.
 */
export function afterByteOrderMark(bytes: Uint8Array, at: number, end: number): number {
  return at + 2 < end && bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? at + 3 : at;
}

/** A priority `<22>`: what its severity says, and where it ends. Null if there is none. */
export function readPriority(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly level: LogLevel; readonly next: number } | null {
  if (bytes[at] !== 0x3c || !isDigit(bytes[at + 1])) return null;
  const close = skipDigits(bytes, at + 1, Math.min(end, at + 4));
  if (close >= end || bytes[close] !== 0x3e) return null;
  return { level: levelOfSeverity(decimal(bytes, at + 1, close) % 8), next: close + 1 };
}

/**
 * Syslog's severity, 0 (emergency) to 7 (debug), in Postfix's words. Postfix logs fatal and panic alike as critical.
 */
export function levelOfSeverity(severity: number): LogLevel {
  if (severity <= 2) return "fatal";
  if (severity === 3) return "error";
  return severity === 4 ? "warning" : "info";
}
