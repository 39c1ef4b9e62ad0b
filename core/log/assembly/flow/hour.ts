import { allocate } from "../allocate";
import { headerHour, headerStamp, headerWithinHour } from "../header";
import { clearProblems } from "./problems";

/**
 * The hour of the lines being counted, which nobody but the clock of TypeScript can name: years, zones and daylight saving are its business. Within the hour the
 * machine goes on by itself, and counts the volume of each minute: the columns of VOLUME in core/report/log/tally.ts, a number of eight bytes each.
 */
const COLUMNS: usize = 9;
/** An hour of an odd zone begins within a minute, and a leap second may end it. */
const MINUTES: usize = 62;
const MINUTE_MS: f64 = 60_000;

let volume: usize = 0;
let knownHour: i32 = -1;
let hour: f64 = 0;
let localHour: f64 = 0;
let seenStamp: i32 = -1;
let withinHour: f64 = 0;
let bucket: usize = 0;
/** The minute of the line last read, and the first and the last in which any was. */
let minute: i32 = 0;
let first: i32 = i32.MAX_VALUE;
let last: i32 = -1;

export function createHour(): void {
  volume = allocate(MINUTES * COLUMNS * 8);
}

/** No hour is known, and nothing counted of any. */
export function clearHour(): void {
  knownHour = -1;
  seenStamp = -1;
  memory.fill(volume, 0, MINUTES * COLUMNS * 8);
  first = i32.MAX_VALUE;
  last = -1;
  clearProblems();
}

/** The hour of the line last read began at `ms` since 1970, `localMs` on the reader's clocks. What was counted of the one before must have been taken. */
export function beginHour(ms: f64, localMs: f64): void {
  clearHour();
  knownHour = headerHour();
  hour = ms;
  localHour = localMs;
}

export function volumeByMinute(): usize {
  return volume;
}

export function firstMinute(): i32 {
  return last == -1 ? 0 : first;
}

export function lastMinute(): i32 {
  return last;
}

/** Whether the line last read is of the present hour. */
export function isPresentHour(): bool {
  if (knownHour != headerHour()) return false;
  if (seenStamp == headerStamp()) return true;
  seenStamp = headerStamp();
  withinHour = headerWithinHour();
  const since = floor((localHour + withinHour) / MINUTE_MS) - floor(localHour / MINUTE_MS);
  minute = <i32>min(<usize>since, MINUTES - 1);
  bucket = volume + <usize>minute * COLUMNS * 8;
  return true;
}

export function hourMs(): f64 {
  return hour;
}

/** When the line last read was written: ms since 1970. */
export function lineMs(): f64 {
  return hour + withinHour;
}

/** The same on the reader's clocks. */
export function lineLocalMs(): f64 {
  return localHour + withinHour;
}

/** Add to a column of the minute of the line last read. */
export function addVolume(column: i32, by: f64): void {
  first = min(first, minute);
  last = max(last, minute);
  const at = bucket + ((<usize>column) << 3);
  store<f64>(at, load<f64>(at) + by);
}
