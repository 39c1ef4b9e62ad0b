import { COLON, COMMA, DOT, isDigit, skipDigits } from "../ascii.ts";
import type { Envelope, LogTime } from "../log-line.ts";

/**
 * The last stamp of a log, and those of the same shape: equal to it up to the day, and digits where it has the digits of its clock and fraction.
 * Only stamps of these two forms are kept: `Nov 22 10:00:00`, and `2026-11-22T10:00:00.123456+01:00` with any fraction and zone.
 */
export interface StampMemory {
  /** Keep the stamp of a line; false where its form is none of the two. */
  keep(envelope: Envelope, bytes: Uint8Array, start: number): boolean;
  /** Where a stamp of the kept shape that stands at `start` ends, -1 if none stands there. */
  endOf(bytes: Uint8Array, start: number, end: number): number;
  /** The time of the stamp that `endOf` has just found: the same object as long as the stamp is the same. */
  time(bytes: Uint8Array, start: number): LogTime | null;
}

const LONGEST = 40;
const BSD_LENGTH = 15;
/** Where the clock starts. */
const BSD_CLOCK = 7;
const ISO_CLOCK = 11;
const CLOCK_LENGTH = 8;

export function createStampMemory(): StampMemory {
  const kept = new Uint8Array(LONGEST);
  let length = 0;
  let clock = 0;
  /** Where the digits of the fraction lie: start and end, both 0 without one. */
  let fractionStart = 0;
  let fractionEnd = 0;
  let time: LogTime | null = null;
  /** `time` belongs to the bytes in `kept`. */
  let isCurrent = false;

  function isShape(bytes: Uint8Array, start: number): boolean {
    for (let index = 0; index < clock; index += 1) if (bytes[start + index] !== kept[index]) return false;
    if (!isClock(bytes, start + clock)) return false;
    for (let index = clock + CLOCK_LENGTH; index < length; index += 1) {
      const byte = bytes[start + index];
      if (index >= fractionStart && index < fractionEnd ? !isDigit(byte) : byte !== kept[index]) return false;
    }
    return true;
  }

  return {
    keep({ form, timeSpan, time: read }, bytes, start) {
      length = timeSpan === null ? 0 : timeSpan.end;
      clock = form === "bsd" ? BSD_CLOCK : ISO_CLOCK;
      const isKnown =
        form === "bsd"
          ? length === BSD_LENGTH && read?.year === null
          : form === "rfc3339" && length >= ISO_CLOCK + CLOCK_LENGTH && length <= LONGEST;
      if (!isKnown || !isClock(bytes, start + clock)) {
        length = 0;
        return false;
      }
      kept.set(bytes.subarray(start, start + length));
      const point = start + clock + CLOCK_LENGTH;
      const hasFraction = length > clock + CLOCK_LENGTH && (bytes[point] === DOT || bytes[point] === COMMA);
      fractionStart = hasFraction ? point + 1 - start : 0;
      fractionEnd = hasFraction ? skipDigits(bytes, point + 1, start + length) - start : 0;
      time = read;
      isCurrent = true;
      return true;
    },
    endOf(bytes, start, end) {
      const stop = start + length;
      if (length === 0 || stop >= end) return -1;
      let index = 0;
      while (index < length && bytes[start + index] === kept[index]) index += 1;
      if (index < length) {
        if (!isShape(bytes, start)) return -1;
        for (let at = clock; at < length; at += 1) kept[at] = bytes[start + at] ?? 0;
        isCurrent = false;
      }
      return stop;
    },
    time(bytes, start) {
      if (isCurrent || time === null) return time;
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
      isCurrent = true;
      return time;
    },
  };
}

/** `10:00:00` within the bounds of readClock. */
function isClock(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < CLOCK_LENGTH; index += 1) {
    const byte = bytes[at + index];
    if (index === 2 || index === 5 ? byte !== COLON : !isDigit(byte)) return false;
  }
  return twoDigits(bytes, at) <= 23 && twoDigits(bytes, at + 3) <= 59 && twoDigits(bytes, at + 6) <= 60;
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
