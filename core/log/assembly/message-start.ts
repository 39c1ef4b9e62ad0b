import {
  byteAt,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COLON,
  DOT,
  GREATER,
  HASH,
  isBlank,
  isDigit,
  isLower,
  isSame,
  isUpper,
  LESS,
  MINUS,
  NOWHERE,
  nextByte,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  SEMICOLON,
  SPACE,
  skipBlanks,
  skipDigits,
  stands,
  UNDERSCORE,
} from "./bytes";
import { findWriter } from "./known-writers";

/**
 * What stands between a tag and the message proper, as envelope/message-start.ts reads it, where that is plain. Results are kept until the next message.
 */

/** How the messages of a program begin: numbered by their place in KINDS of scanning/header-memory.ts. */
const POSTFIX: i32 = 0;
const DOVECOT: i32 = 1;
const AMAVIS: i32 = 2;
const RSPAMD: i32 = 3;
const CLAMAV: i32 = 4;

/** Of each kind the words for levels: for each its length, its level, its bytes; a length of 0 behind the last. */
const levels = memory.data(24);

export function setLevels(kind: i32, list: usize): void {
  store<usize>(levels + ((<usize>kind) << 2), list);
  let bits: u32 = 0;
  for (let word = list; load<u8>(word) != 0; word += 2 + <usize>load<u8>(word)) {
    const initial = load<u8>(word, 2) & 31;
    bits |= (<u32>1) << initial;
  }
  store<u32>(initials + ((<usize>kind) << 2), bits);
}

let start: usize = 0;
let level: i32 = 0;
let writer: i32 = 0;

export function messageStart(): usize {
  return start;
}

/** Place in LOG_LEVELS of scanning/header-memory.ts. */
export function messageLevel(): i32 {
  return level;
}

/** Who wrote the message: the tag, or the service that speaks under it. */
export function messageWriter(): i32 {
  return writer;
}

/** `message repeated ` */
const REPEATED = memory.data<u8>([
  0x6d, 0x65, 0x73, 0x73, 0x61, 0x67, 0x65, 0x20, 0x72, 0x65, 0x70, 0x65, 0x61, 0x74, 0x65, 0x64, 0x20,
]);
const REPEATED_LENGTH: usize = 17;

/** @param at where something else than a blank stands @returns false where the line is for the full reader */
export function readMessageStart(tag: i32, kind: i32, at: usize, end: usize): bool {
  if (at + REPEATED_LENGTH <= end && isSame(REPEATED, at, REPEATED_LENGTH)) return false;
  start = at;
  level = 0;
  writer = tag;
  if (kind == DOVECOT && !readService(tag, at, end)) return false;
  if (kind == AMAVIS) start = afterTaskNumber(at, end);
  if (kind == RSPAMD) start = afterRspamdPlace(at, end);
  const word = levelAt(kind, start, end);
  if (word == 0 && kind != CLAMAV) return true;
  if (word != 0) {
    level = <i32>load<u8>(word, 1);
    start += <usize>load<u8>(word);
    // Several blanks behind it: what they mean in Postfix's lines is for the full reader.
    if (kind == POSTFIX) return start < end && !isBlank(byteAt(start));
    start = skipBlanks(start, end);
  }
  const stamped = kind == CLAMAV ? afterClamavStamp(start, end) : start;
  // `FATAL: ERROR: …`, where a library adds its own word. The first says it.
  if ((word != 0 && kind > AMAVIS) || stamped > start) {
    start = stamped;
    const second = levelAt(kind, start, end);
    if (second != 0) start = skipBlanks(start + <usize>load<u8>(second), end);
    if (word == 0 && second != 0) level = <i32>load<u8>(second, 1);
  }
  return true;
}

/** Of each kind: the bit of each letter that a word for a level begins with, by its five lowest bits. */
const initials = memory.data(24);

/** The word for a level that stands at `at`, 0 where none does. */
function levelAt(kind: i32, at: usize, end: usize): usize {
  if (at >= end || ((load<u32>(initials + ((<usize>kind) << 2)) >>> (load<u8>(at) & 31)) & 1) == 0) return 0;
  let word = load<usize>(levels + ((<usize>kind) << 2));
  while (load<u8>(word) != 0) {
    const length = <usize>load<u8>(word);
    if (at + length <= end && isSame(word + 2, at, length)) return word;
    word += 2 + length;
  }
  return 0;
}

/** Dovecot's service at the head of its message: `imap-login: `, `imap(user@example.com)<123><session>: `. @returns false for a name not seen before */
function readService(tag: i32, at: usize, end: usize): bool {
  let next = at;
  while (next < end && next - at < 32 && isNameByte(byteAt(next))) next += 1;
  if (next >= end) return true;
  const after = byteAt(next);
  if (after != COLON && after != LESS && after != OPEN_PARENTHESIS) return true;
  const service = findWriter(tag, at, next);
  if (service == -1) return false;
  while (next < end && byteAt(next) != COLON) {
    const open = byteAt(next);
    if (open != LESS && open != OPEN_PARENTHESIS) return true;
    next = nextByte(open == LESS ? GREATER : CLOSE_PARENTHESIS, next, end) + 1;
  }
  if (next >= end) return true;
  writer = service;
  start = skipBlanks(next + 1, end);
  return true;
}

function isNameByte(byte: u8): bool {
  return isLower(byte) || isUpper(byte) || isDigit(byte) || byte == MINUS;
}

/** `Sat Nov 28 19:14:04 2026 -> `, before what ClamAV's programs print. */
function afterClamavStamp(at: usize, end: usize): usize {
  const arrow = at + 24;
  if (arrow + 4 > end || !isDigit(byteAt(at + 11)) || byteAt(at + 13) != COLON) return at;
  const isArrow =
    byteAt(arrow) == SPACE && byteAt(arrow + 1) == MINUS && byteAt(arrow + 2) == GREATER && byteAt(arrow + 3) == SPACE;
  return isArrow ? skipBlanks(arrow + 4, end) : at;
}

/** amavis numbers its tasks: `(12345-01-2) `. */
function afterTaskNumber(at: usize, end: usize): usize {
  if (!stands(OPEN_PARENTHESIS, at, end)) return at;
  let next = at + 1;
  while (next < end && (isDigit(byteAt(next)) || byteAt(next) == MINUS)) next += 1;
  return next > at + 1 && stands(CLOSE_PARENTHESIS, next, end) ? skipBlanks(next + 1, end) : at;
}

/** Rspamd says in which process, for which task, in which module and function: `#4711(normal) <a1b2c3>; lua; neural.lua:780: `. As in envelope/rspamd.ts. */
function afterRspamdPlace(at: usize, end: usize): usize {
  const process = afterStamp(at, end);
  const behindProcess = afterProcess(process, end);
  let next = behindProcess;
  if (stands(LESS, next, end)) {
    next = nextByte(GREATER, next + 1, end);
    if (!stands(SEMICOLON, next + 1, end) || !stands(SPACE, next + 2, end)) return behindProcess;
    next += 3;
  } else if (behindProcess == process) return at;
  let semicolon = behindProcess > process;
  for (; next < end; next += 1) {
    const byte = byteAt(next);
    if (byte == SEMICOLON) semicolon = true;
    else if (byte == COLON) {
      if (semicolon) return skipBlanks(afterLine(next + 1, end), end);
    } else if (byte == SPACE && byteAt(next - 1) != SEMICOLON) return behindProcess;
  }
  return behindProcess;
}

/** `2026-11-22 10:00:00 [error] #4711(main) `: what it prints before it has read where to log. */
function afterStamp(at: usize, end: usize): usize {
  if (at >= end || !isDigit(byteAt(at))) return at;
  let next = at;
  while (next < end && isOfStamp(byteAt(next))) next += 1;
  if (stands(OPEN_BRACKET, next, end)) {
    next += 1;
    while (next < end && isLower(byteAt(next))) next += 1;
    if (!stands(CLOSE_BRACKET, next, end) || !stands(SPACE, next + 1, end)) return at;
    next += 2;
  }
  return stands(HASH, next, end) ? next : at;
}

function isOfStamp(byte: u8): bool {
  return isDigit(byte) || byte == MINUS || byte == COLON || byte == DOT || byte == SPACE;
}

/** `#4711(normal) ` or `(normal) `. */
function afterProcess(at: usize, end: usize): usize {
  let next = stands(HASH, at, end) ? skipDigits(at + 1, end) : at;
  if (!stands(OPEN_PARENTHESIS, next, end)) return at;
  next += 1;
  const name = next;
  while (next < end && (isLower(byteAt(next)) || byteAt(next) == UNDERSCORE)) next += 1;
  return next > name && stands(CLOSE_PARENTHESIS, next, end) && stands(SPACE, next + 1, end) ? next + 2 : at;
}

/** A place in Lua has a line: `neural.lua:780: `. */
function afterLine(at: usize, end: usize): usize {
  const next = skipDigits(at, end);
  return next > at && stands(COLON, next, end) ? next + 1 : at;
}
