import {
  byteAt,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOT,
  isDigit,
  isLower,
  isSame,
  isUpper,
  LESS,
  MINUS,
  NOWHERE,
  nextByte,
  nextOrBlank,
  OPEN_BRACKET,
  SPACE,
  skipDigits,
  skipLettersAndDigits,
  stands,
  UNDERSCORE,
} from "./bytes";
import { bracketEnd, deliveryEnd, envelopeEnd, listEnd, loginEnd, statsEnd } from "./tails";

/** Where the closed field that starts at `at` ends, NOWHERE if none starts there. Reads each byte at most twice. @param type place in CLOSED_TYPES */
export function closedEnd(type: i32, at: usize, end: usize): usize {
  switch (type) {
    case 0:
      return queueIdEnd(at, end);
    case 1:
      return verbEnd(at, end);
    case 2:
      return stageEnd(at, end);
    case 3:
      return clientEnd(at, end);
    case 4:
      return intEnd(at, end);
    case 5:
      return numberEnd(at, end);
    case 6:
      return codeEnd(at, end);
    case 7:
      return dsnEnd(at, end);
    case 8:
      return ipEnd(at, end);
    case 9:
      return at < end ? at + 1 : NOWHERE;
    case 10:
      return nextByte(COMMA, at, end);
    case 11:
    case 12:
      return bracketEnd(at, end);
    case 13:
      return envelopeEnd(at, end);
    case 14:
      return deliveryEnd(at, end);
    case 15:
      return loginEnd(at, end);
    case 16:
      return statsEnd(at, end);
    case 17:
      return addressesEnd(at, end);
    case 18:
    case 19:
      return listEnd(at, end);
    default:
      return NOWHERE;
  }
}

const SHORTEST_QUEUE_ID: usize = 5;
const LONGEST_QUEUE_ID: usize = 32;

function queueIdEnd(at: usize, end: usize): usize {
  const next = skipLettersAndDigits(at, min(end, at + LONGEST_QUEUE_ID + 1));
  const length = next - at;
  return length >= SHORTEST_QUEUE_ID && length <= LONGEST_QUEUE_ID ? next : NOWHERE;
}

/** Whether a message begins with a queue id and a verb: `NOQUEUE: reject: `. */
export function beginsWithVerb(at: usize, end: usize): bool {
  // What most messages lack first: many bytes are looked at together for the colon, and few have a word and a colon behind it.
  const colon = nextByte(COLON, at, min(end, at + LONGEST_QUEUE_ID + 1));
  if (!stands(COLON, colon, end) || !stands(SPACE, colon + 1, end)) return false;
  const verb = verbEnd(colon + 2, end);
  return verb != NOWHERE && stands(COLON, verb, end) && queueIdEnd(at, end) == colon;
}

function verbEnd(at: usize, end: usize): usize {
  let next = at;
  while (next < end) {
    const byte = byteAt(next);
    if (!isLower(byte) && byte != MINUS && byte != UNDERSCORE) break;
    next += 1;
  }
  return next > at ? next : NOWHERE;
}

/** ` content` as it lies in memory. */
const CONTENT: u64 = 0x746e65746e6f6320;

function stageEnd(at: usize, end: usize): usize {
  let next = at;
  while (next < end && (isUpper(byteAt(next)) || byteAt(next) == MINUS)) next += 1;
  if (next == at) return NOWHERE;
  return next + 8 <= end && load<u64>(next) == CONTENT ? next + 8 : next;
}

function clientEnd(at: usize, end: usize): usize {
  const name = unbrokenEnd(OPEN_BRACKET, at, end);
  if (name == NOWHERE) return NOWHERE;
  const close = unbrokenEnd(CLOSE_BRACKET, name + 1, end);
  return close == NOWHERE ? NOWHERE : portEnd(close + 1, end);
}

/** The next `byte` with no blank before it. */
function unbrokenEnd(byte: u8, at: usize, end: usize): usize {
  const next = nextOrBlank(byte, at, end);
  return stands(byte, next, end) ? next : NOWHERE;
}

function portEnd(at: usize, end: usize): usize {
  if (!stands(COLON, at, end)) return at;
  const next = skipDigits(at + 1, end);
  return next > at + 1 ? next : at;
}

function intEnd(at: usize, end: usize): usize {
  const first = stands(MINUS, at, end) ? at + 1 : at;
  const next = skipDigits(first, end);
  return next > first ? next : NOWHERE;
}

function numberEnd(at: usize, end: usize): usize {
  const whole = intEnd(at, end);
  if (whole == NOWHERE || !stands(DOT, whole, end)) return whole;
  const fraction = skipDigits(whole + 1, end);
  return fraction > whole + 1 ? fraction : whole;
}

function codeEnd(at: usize, end: usize): usize {
  return skipDigits(at, min(end, at + 4)) == at + 3 ? at + 3 : NOWHERE;
}

function dsnEnd(at: usize, end: usize): usize {
  if (at + 4 >= end || !isDigit(byteAt(at)) || byteAt(at + 1) != DOT) return NOWHERE;
  const subject = skipDigits(at + 2, min(end, at + 6));
  if (subject == at + 2 || subject > at + 5 || !stands(DOT, subject, end)) return NOWHERE;
  const detail = skipDigits(subject + 1, min(end, subject + 5));
  return detail == subject + 1 || detail > subject + 4 ? NOWHERE : detail;
}

function ipEnd(at: usize, end: usize): usize {
  let next = at;
  while (next < end && isIpByte(byteAt(next))) next += 1;
  // `192.0.2.4: reason`, `2001:db8::: reason`: the last colon belongs to the sentence, unless it ends a `::`.
  let colons: usize = 0;
  while (next - colons > at && byteAt(next - colons - 1) == COLON) colons += 1;
  if (colons == 1 || colons == 3) next -= 1;
  return next > at ? next : NOWHERE;
}

function isIpByte(byte: u8): bool {
  return isDigit(byte) || byte == DOT || byte == COLON || <u8>((byte | 0x20) - 0x61) < 6;
}

function addressesEnd(at: usize, end: usize): usize {
  let next = at;
  while (stands(LESS, next, end)) {
    const close = bracketEnd(next + 1, end);
    // A half line: what there is of the list is the list.
    if (close == NOWHERE) return end;
    next = close + 1;
    if (!stands(COMMA, next, end) || !stands(LESS, next + 1, end)) return next;
    next += 1;
  }
  return next > at ? next : NOWHERE;
}
