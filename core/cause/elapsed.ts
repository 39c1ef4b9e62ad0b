import type { LogTime } from "../log/log-line.ts";
import { logTimeMs } from "../log/log-time.ts";

/** A year with a leap day, for stamps without one: only what lies between two of them matters. */
const ANY_YEAR = 2000;
const DAY = 86_400_000;

/** Milliseconds from one stamp of a log to a later one of the same log; across the turn of the year too. Null where one of them is no moment. */
export function elapsed(from: LogTime | null, to: LogTime | null): number | null {
  if (from === null || to === null || (from.year === null) !== (to.year === null)) return null;
  const reference = { notAfter: 0, year: ANY_YEAR, zone: 0 };
  const [start, end] = [logTimeMs(from, reference), logTimeMs(to, reference)];
  if (start === null || end === null) return null;
  const ms = end - start;
  return from.year === null && ms < -183 * DAY ? ms + 366 * DAY : ms;
}
