import {
  CLOSE_BRACKET,
  DOT,
  isBlank,
  isDigit,
  isUpper,
  MINUS,
  OPEN_BRACKET,
  skipBlanks,
  skipDigits,
  standsAt,
} from "../ascii.ts";
import type { LogTime } from "../log-line.ts";
import { type Clock, digits, readClock, readDate, readMonth, readZone } from "./stamp-parts.ts";

/** A time stamp and how it is written. */
export interface Stamp {
  /** Null for a monotonic time, which says nothing of the day. */
  readonly time: LogTime | null;
  readonly start: number;
  readonly end: number;
  readonly style: "bsd" | "bsd-fraction" | "iso" | "iso-basic" | "weekday" | "unix" | "monotonic";
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The stamp that starts at `at` and is followed by a blank or the end; null if there is none. */
export function readStamp(bytes: Uint8Array, at: number, end: number): Stamp | null {
  const stamp = readAnyStamp(bytes, at, end);
  return stamp !== null && (stamp.end >= end || isBlank(bytes[stamp.end])) ? stamp : null;
}

function readAnyStamp(bytes: Uint8Array, at: number, end: number): Stamp | null {
  const first = bytes[at];
  if (first === OPEN_BRACKET) return readMonotonic(bytes, at, end);
  if (isUpper(first)) return readBsd(bytes, at, end, null, at) ?? readWeekday(bytes, at, end);
  if (!isDigit(first)) return null;
  const run = skipDigits(bytes, at, end);
  if (run - at === 4 && bytes[run] === MINUS) return readIso(bytes, at, end);
  if (run - at === 4 && isBlank(bytes[run])) return readBsd(bytes, run + 1, end, digits(bytes, at, 4, end), at);
  return readUnix(bytes, at, run, end);
}

/** `Nov 22 10:00:00`, with a year in front, after the day or behind, with a fraction. */
function readBsd(bytes: Uint8Array, at: number, end: number, yearBefore: number | null, start: number): Stamp | null {
  const month = readMonth(bytes, at, end);
  if (month === null || !isBlank(bytes[at + 3])) return null;
  let next = skipBlanks(bytes, at + 3, end);
  const dayEnd = skipDigits(bytes, next, end);
  if (dayEnd === next || dayEnd > next + 2 || !isBlank(bytes[dayEnd])) return null;
  const day = digits(bytes, next, dayEnd - next, end) ?? 0;
  if (day < 1 || day > 31) return null;
  next = skipBlanks(bytes, dayEnd, end);
  let year = yearBefore;
  const yearAfterDay = readYear(bytes, next, end);
  if (yearAfterDay !== null) {
    year = yearAfterDay;
    next = skipBlanks(bytes, next + 4, end);
  }
  const clock = readClock(bytes, next, end);
  if (clock === null) return null;
  let stop = clock.end;
  if (year === null && isBlank(bytes[stop])) {
    year = readYear(bytes, stop + 1, end);
    if (year !== null) stop += 5;
  }
  return {
    time: timeOf({ year, month, day }, clock, null),
    start,
    end: stop,
    style: clock.fraction ? "bsd-fraction" : "bsd",
  };
}

/** Four digits and a blank: a year, not the hour of a clock. */
function readYear(bytes: Uint8Array, at: number, end: number): number | null {
  const year = digits(bytes, at, 4, end);
  return year !== null && year >= 1970 && isBlank(bytes[at + 4]) && at + 4 < end ? year : null;
}

/** `2026-11-22T10:00:00.123456+01:00`, a blank or `T` between, the zone optional. */
function readIso(bytes: Uint8Array, at: number, end: number): Stamp | null {
  const date = readDate(bytes, at, end);
  if (date === null) return null;
  const between = bytes[at + 10];
  if (between !== 0x54 && between !== 0x74 && between !== 0x20) return null;
  const clock = readClock(bytes, at + 11, end);
  if (clock === null) return null;
  const zone = readZone(bytes, clock.end, end);
  const time = timeOf(date, clock, zone?.offsetMinutes ?? null);
  return { time, start: at, end: zone?.end ?? clock.end, style: zone !== null && !zone.colon ? "iso-basic" : "iso" };
}

/** `Sun 2026-11-22 10:00:00 CET` of journalctl's short-full and with-unit; `Sun Nov 22 10:00:00 2026` of ctime. */
function readWeekday(bytes: Uint8Array, at: number, end: number): Stamp | null {
  if (!WEEKDAYS.some((day) => standsAt(bytes, at, end, day)) || !isBlank(bytes[at + 3])) return null;
  const iso = readIso(bytes, at + 4, end);
  if (iso === null || iso.time === null) {
    const bsd = readBsd(bytes, at + 4, end, null, at);
    return bsd === null ? null : { ...bsd, style: "weekday" };
  }
  let stop = iso.end;
  let { offsetMinutes } = iso.time;
  if (isBlank(bytes[stop])) {
    const zoneEnd = zoneNameEnd(bytes, stop + 1, end);
    if (zoneEnd > stop + 1) {
      const utc = standsAt(bytes, stop + 1, end, "UTC") || standsAt(bytes, stop + 1, end, "GMT");
      offsetMinutes = utc ? 0 : (readZone(bytes, stop + 1, end)?.offsetMinutes ?? null);
      stop = zoneEnd;
    }
  }
  return { time: { ...iso.time, offsetMinutes }, start: at, end: stop, style: "weekday" };
}

/** `CET`, `+03`: what the system calls its zone. */
function zoneNameEnd(bytes: Uint8Array, at: number, end: number): number {
  const zone = readZone(bytes, at, end);
  if (zone !== null && isBlank(bytes[zone.end])) return zone.end;
  let next = at;
  while (next < end && next - at < 6 && isUpper(bytes[next])) next += 1;
  return next - at >= 3 && isBlank(bytes[next]) ? next : at;
}

/** `1795341600.123456` of short-unix. */
function readUnix(bytes: Uint8Array, at: number, run: number, end: number): Stamp | null {
  if (run - at < 9 || run - at > 11 || bytes[run] !== DOT) return null;
  const stop = skipDigits(bytes, run + 1, end);
  if (stop !== run + 7) return null;
  const seconds = digits(bytes, at, run - at, end) ?? 0;
  return { time: timeOfEpoch(seconds, digits(bytes, run + 1, 6, end) ?? 0), start: at, end: stop, style: "unix" };
}

/** `[   12.345678]` of short-monotonic. */
function readMonotonic(bytes: Uint8Array, at: number, end: number): Stamp | null {
  const number = skipBlanks(bytes, at + 1, end);
  const point = skipDigits(bytes, number, end);
  if (point === number || bytes[point] !== DOT) return null;
  const stop = skipDigits(bytes, point + 1, end);
  return stop === point + 7 && bytes[stop] === CLOSE_BRACKET
    ? { time: null, start: at, end: stop + 1, style: "monotonic" }
    : null;
}

/** The time of seconds since 1970 (UTC). */
export function timeOfEpoch(seconds: number, microsecond: number): LogTime {
  const date = new Date(seconds * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond,
    offsetMinutes: 0,
  };
}

function timeOf(
  date: { readonly year: number | null; readonly month: number; readonly day: number },
  clock: Clock,
  offsetMinutes: number | null,
): LogTime {
  const { hour, minute, second, microsecond } = clock;
  return { year: date.year, month: date.month, day: date.day, hour, minute, second, microsecond, offsetMinutes };
}
