import {
  AT,
  BACKSLASH,
  byteAt,
  COLON,
  COMMA,
  EQUALS,
  GREATER,
  isBlank,
  isLower,
  LESS,
  NOWHERE,
  nextByte,
  QUOTE,
  SEMICOLON,
  SPACE,
  stands,
  UNDERSCORE,
} from "./bytes";
import { Names, nameAt, valueStart } from "./names";

let envelope: Names = 0;
let delivery: Names = 0;
let login: Names = 0;
let starts: Names = 0;

/** The attributes of each list, and how the list `envelope` may begin. */
export function setTails(envelopeNames: Names, deliveryNames: Names, loginNames: Names, envelopeStarts: Names): void {
  envelope = envelopeNames;
  delivery = deliveryNames;
  login = loginNames;
  starts = envelopeStarts;
}

/** Where an open field ends behind which a list may stand: at the first list, or where there is none at the end of the line, if it reaches so far. */
export function tailStart(from: usize, limit: usize, last: usize): usize {
  let at = from;
  for (; at <= limit; at += 1) {
    at = nextByte(SEMICOLON, at, min(limit + 1, last));
    if (at <= limit && nameAt(starts, at, last) != 0) return at;
  }
  return limit < last ? NOWHERE : last;
}

export function envelopeEnd(at: usize, end: usize): usize {
  if (!stands(SEMICOLON, at, end)) return at;
  const next = blankListEnd(at + 1, end);
  return next == at + 1 && next < end ? at : next;
}

export function deliveryEnd(at: usize, end: usize): usize {
  return commaListEnd(delivery, at, end);
}

export function loginEnd(at: usize, end: usize): usize {
  return commaListEnd(login, at, end);
}

/** The first four bytes of `proto=` as they lie in memory, which no other name ends with. */
const PROTO: u32 = 0x746f7270;
const PROTOCOL_LENGTH: usize = 6;

/** ` from=<a> to=<b> proto=ESMTP`, commas between them or not. A value without brackets ends at a blank, a comma, or the colon before a reply. */
function blankListEnd(at: usize, end: usize): usize {
  let done = at;
  while (done < end) {
    const next = byteAt(done) == COMMA ? done + 1 : done;
    if (!stands(SPACE, next, end)) return done;
    const value = valueStart(envelope, next + 1, end);
    if (value == NOWHERE) return done;
    if (stands(LESS, value, end)) {
      done = behindBracket(value + 1, end);
      continue;
    }
    // Only the protocol can be followed by the colon before a reply.
    const isProtocol = load<u32>(value - PROTOCOL_LENGTH) == PROTO;
    done = value;
    while (done < end) {
      const byte = byteAt(done);
      if (isBlank(byte) || byte == COMMA || (byte == COLON && isProtocol)) break;
      done += 1;
    }
  }
  return done;
}

/** `, relay=b, delay=1`: a value without brackets ends at a comma. */
function commaListEnd(names: Names, at: usize, end: usize): usize {
  let done = at;
  while (done < end) {
    if (byteAt(done) != COMMA || !stands(SPACE, done + 1, end)) return done;
    const value = valueStart(names, done + 2, end);
    if (value == NOWHERE) return done;
    done = stands(LESS, value, end) ? behindBracket(value + 1, end) : nextByte(COMMA, value, end);
  }
  return done;
}

/** A half line: what there is of the value is better than nothing. */
function behindBracket(at: usize, end: usize): usize {
  const close = bracketEnd(at, end);
  return close == NOWHERE ? end : close + 1;
}

export function statsEnd(at: usize, end: usize): usize {
  let done = at;
  while (stands(SPACE, done, end)) {
    const name = done + 1;
    let next = name;
    while (next < end && (isLower(byteAt(next)) || byteAt(next) == UNDERSCORE)) next += 1;
    if (next == name || !stands(EQUALS, next, end)) return done;
    while (next < end && !isBlank(byteAt(next))) next += 1;
    done = next;
  }
  return done;
}

/** The lists `session` and `amavis` go on to the end of the line. */
export function listEnd(at: usize, end: usize): usize {
  return stands(COMMA, at, end) && stands(SPACE, at + 1, end) ? end : at;
}

/** As in field-tails.ts. */
export function bracketEnd(at: usize, end: usize): usize {
  let from = stands(QUOTE, at, end) ? afterQuoted(at + 1, end) : at;
  if (from == NOWHERE) from = at;
  const close = nextByte(GREATER, from, end);
  return close < end ? close : NOWHERE;
}

function afterQuoted(at: usize, end: usize): usize {
  let next = at;
  while (next < end && byteAt(next) != QUOTE) next += byteAt(next) == BACKSLASH ? 2 : 1;
  const after = next + 1;
  if (after >= end) return NOWHERE;
  return byteAt(after) == AT || byteAt(after) == GREATER ? after : NOWHERE;
}
