import type { LogTime } from "./log-line.ts";

/**
 * Minutes east of UTC, or how many they are at a local time (given as if it were UTC, in ms since 1970), as daylight
 * saving needs.
 */
export type Zone = number | ((localMs: number) => number);

export interface TimeReference {
  /** The line was written no later than this moment (ms since 1970): the file's last change, or now. */
  readonly notAfter: number;
  /** The year of stamps that carry none; without it, the latest that is not after `notAfter`. */
  readonly year?: number;
  /** The zone of stamps that carry none. */
  readonly zone: Zone;
}

/** Leap days are eight years apart around a century that has none; a ninth year back always has the day. */
const YEARS_BACK = 9;

/** The moment a stamp means, ms since 1970 (microseconds cut off), or null if there is no such day. */
export function logTimeMs(time: LogTime, reference: TimeReference): number | null {
  return resolve(time, reference)?.ms ?? null;
}

/**
 * A stamp as RFC 3339 text with the offset it was written under, and a fraction of six digits where it has one. Null if
 * there is no such day (February 30, or February 29 of a given year that has none).
 */
export function formatLogTime(time: LogTime, reference: TimeReference): string | null {
  const found = resolve(time, reference);
  if (found === null) return null;
  const date = `${pad(found.year, 4)}-${pad(time.month, 2)}-${pad(time.day, 2)}`;
  const clock = `${pad(time.hour, 2)}:${pad(time.minute, 2)}:${pad(time.second, 2)}`;
  const fraction = time.microsecond === 0 ? "" : `.${pad(time.microsecond, 6)}`;
  return `${date}T${clock}${fraction}${formatOffset(found.offset)}`;
}

interface Resolved {
  readonly year: number;
  readonly offset: number;
  readonly ms: number;
}

function resolve(time: LogTime, reference: TimeReference): Resolved | null {
  const year = time.year ?? reference.year ?? null;
  if (year !== null) return inYear(time, year, reference.zone);
  // A zone east of the reference may already be in the next year.
  const latest = new Date(reference.notAfter).getUTCFullYear() + 1;
  if (Number.isNaN(latest)) return null;
  for (let candidate = latest; candidate >= latest - YEARS_BACK; candidate -= 1) {
    const found = inYear(time, candidate, reference.zone);
    if (found !== null && found.ms <= reference.notAfter) return found;
  }
  return null;
}

function inYear(time: LogTime, year: number, zone: Zone): Resolved | null {
  const localMs = localTime(time, year);
  if (localMs === null) return null;
  const offset = time.offsetMinutes ?? (typeof zone === "number" ? zone : zone(localMs));
  return { year, offset, ms: localMs - offset * 60_000 };
}

/** The stamp read as UTC, or null if the year has no such day. */
function localTime(time: LogTime, year: number): number | null {
  const date = new Date(0);
  // Not Date.UTC: it takes the years 0 to 99 for 1900 and on.
  date.setUTCFullYear(year, time.month - 1, time.day);
  if (date.getUTCMonth() !== time.month - 1 || date.getUTCDate() !== time.day) return null;
  return (
    date.getTime() + ((time.hour * 60 + time.minute) * 60 + time.second) * 1000 + Math.floor(time.microsecond / 1000)
  );
}

function formatOffset(minutes: number): string {
  if (minutes === 0) return "Z";
  const whole = Math.abs(Math.trunc(minutes));
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(whole / 60), 2)}:${pad(whole % 60, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
