import { allocate } from "./allocate";
import {
  byteAt,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  CR,
  isBlank,
  isDigit,
  isSame,
  LF,
  nextOfTwo,
  OPEN_BRACKET,
  SEMICOLON,
  SPACE,
  skipDigits,
  TAB,
} from "./bytes";
import { addWriter, findWriter, kindOf, NOBODY } from "./known-writers";
import { readMessageStart } from "./message-start";

export { forgetWriters, setHashSeed } from "./known-writers";

/**
 * A log's lines are headed alike: same host, few programs, the same second or the next. So what the full reader (envelope.ts) found in one line is kept, and the
 * next line is compared with it: the stamp byte for byte or digit for digit, blanks and host byte for byte, then a tag of the form `name[123]: ` or `name: ` that was
 * seen before. Where all this holds, the full reader could find nothing else: every decision it makes before the message looks at these bytes only.
 */

/** A header's longest beginning that is kept. */
const LONGEST_BETWEEN: usize = 320;
const LONGEST_STAMP: usize = 40;
/** As in readTag. */
const LONGEST_TAG: usize = 128;

const CLOCK_LENGTH: usize = 8;

/** The last stamp. Those of the same shape are equal to it up to its clock, and have digits where its clock and its fraction have them. */
let stamp: usize = 0;
let stampLength: usize = 0;
/** Where in it the clock begins, and where the digits of the fraction lie: both 0 without one. */
let clock: usize = 0;
let fractionStart: usize = 0;
let fractionEnd: usize = 0;
/** Counts how often the stamp became another. */
let stampNumber: i32 = 0;
/** Counts how often the stamp may have come to lie in another hour. */
let hours: i32 = 0;
/** What stands between stamp and tag: blanks, host, blanks. Length 0: nothing is kept. */
let between: usize = 0;
let betweenLength: usize = 0;
let hostAt: usize = 0;
let hostLength: usize = 0;

/** Of the line last read. */
let host: usize = 0;
let pidStart: usize = 0;
/** 0 for a tag without a pid. */
let pidEnd: usize = 0;

/** Keep the header of a line that the full reader has read. Places in it count from `line`. @returns the stamp's number, -1 where it cannot be kept */
export function keepHeader(
  line: usize,
  length: usize,
  clockAt: usize,
  fraction: usize,
  behindFraction: usize,
  tag: usize,
  hostStart: usize,
  hostEnd: usize,
): i32 {
  betweenLength = 0;
  if (length > LONGEST_STAMP || tag - length > LONGEST_BETWEEN || !isClock(line + clockAt)) return -1;
  if (stamp == 0) stamp = allocate(LONGEST_STAMP + LONGEST_BETWEEN);
  between = stamp + LONGEST_STAMP;
  memory.copy(stamp, line, length);
  stampLength = length;
  clock = clockAt;
  fractionStart = fraction;
  fractionEnd = behindFraction;
  stampNumber += 1;
  hours += 1;
  betweenLength = tag - length;
  memory.copy(between, line + length, betweenLength);
  hostAt = hostStart - length;
  hostLength = hostEnd - hostStart;
  return stampNumber;
}

/** @param kind how its messages begin (message-start.ts) @returns its number, -1 where there is no room for more */
export function learnTag(start: usize, end: usize, kind: i32, row: usize): i32 {
  return addWriter(NOBODY, start, end, kind, row);
}

/** A service that speaks under a tag. */
export function learnService(tag: i32, start: usize, end: usize, row: usize): i32 {
  return addWriter(tag, start, end, kindOf(tag), row);
}

export function headerHost(): usize {
  return host;
}

export function headerHostLength(): usize {
  return hostLength;
}

export function headerPid(): f64 {
  if (pidEnd == 0) return -1;
  let pid: f64 = 0;
  for (let at = pidStart; at < pidEnd; at += 1) pid = min(pid * 10 + <f64>(byteAt(at) - 0x30), 9007199254740991);
  return pid;
}

export function headerStamp(): i32 {
  return stampNumber;
}

/** As long as it is the same, the lines read are of one hour. */
export function headerHour(): i32 {
  return hours;
}

/** Milliseconds from the begin of its hour to the stamp of the line last read, what is smaller cut off. */
export function headerWithinHour(): f64 {
  const at = stamp + clock;
  let milliseconds = 0;
  for (let digit: usize = 0; digit < 3; digit += 1) {
    const place = fractionStart + digit;
    milliseconds = milliseconds * 10 + (place < fractionEnd ? <i32>byteAt(stamp + place) - 0x30 : 0);
  }
  return <f64>((twoDigits(at + 3) * 60 + twoDigits(at + 6)) * 1000 + milliseconds);
}

/** The end of a line's content, as lineEnd of envelope.ts. */
export function contentEnd(start: usize, end: usize): usize {
  let stop = end;
  while (stop > start) {
    const byte = byteAt(stop - 1);
    if (byte != LF && byte != CR && byte != SPACE && byte != TAB) break;
    stop -= 1;
  }
  if (stop < start + 2) return stop;
  const column = byteAt(stop - 1);
  if ((column == COMMA || column == SEMICOLON) && byteAt(stop - 2) == column) {
    while (stop > start && byteAt(stop - 1) == column) stop -= 1;
  }
  return stop;
}

/** @returns false where the line is for the full reader */
export function readHeader(start: usize, end: usize): bool {
  const tagStart = start + stampLength + betweenLength;
  if (betweenLength == 0 || tagStart >= end || !readStamp(start)) return false;
  if (!isSame(between, start + stampLength, betweenLength)) return false;
  const limit = min(end, tagStart + LONGEST_TAG);
  const nameEnd = nextOfTwo(OPEN_BRACKET, COLON, tagStart, limit);
  if (nameEnd >= limit) return false;
  const hasPid = byteAt(nameEnd) == OPEN_BRACKET;
  // Without a pid the colon is part of the name.
  const tag = findWriter(NOBODY, tagStart, hasPid ? nameEnd : nameEnd + 1);
  if (tag == -1) return false;
  const close = hasPid ? skipDigits(nameEnd + 1, end) : nameEnd;
  if (hasPid && (close == nameEnd + 1 || close >= end || byteAt(close) != CLOSE_BRACKET)) return false;
  const colon = hasPid ? close + 1 : nameEnd;
  if (colon + 2 >= end || byteAt(colon) != COLON || byteAt(colon + 1) != SPACE || isBlank(byteAt(colon + 2))) {
    return false;
  }
  if (!readMessageStart(tag, kindOf(tag), colon + 2, end)) return false;
  host = start + stampLength + hostAt;
  pidStart = nameEnd + 1;
  pidEnd = hasPid ? close : 0;
  return true;
}

/** Whether a stamp of the kept shape stands there, which then becomes the kept one. */
function readStamp(start: usize): bool {
  if (isSame(stamp, start, stampLength)) return true;
  if (!isSame(stamp, start, clock) || !isClock(start + clock)) return false;
  for (let at = clock + CLOCK_LENGTH; at < stampLength; at += 1) {
    const byte = byteAt(start + at);
    if (at >= fractionStart && at < fractionEnd ? !isDigit(byte) : byte != byteAt(stamp + at)) return false;
  }
  if (!isSame(stamp, start, clock + 2)) hours += 1;
  memory.copy(stamp, start, stampLength);
  stampNumber += 1;
  return true;
}

/** `10:00:00` within the bounds of readClock. */
function isClock(at: usize): bool {
  for (let index: usize = 0; index < CLOCK_LENGTH; index += 1) {
    const byte = byteAt(at + index);
    if (index == 2 || index == 5 ? byte != COLON : !isDigit(byte)) return false;
  }
  return twoDigits(at) <= 23 && twoDigits(at + 3) <= 59 && twoDigits(at + 6) <= 60;
}

function twoDigits(at: usize): i32 {
  return (<i32>byteAt(at) - 0x30) * 10 + <i32>byteAt(at + 1) - 0x30;
}
