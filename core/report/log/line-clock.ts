import type { LogTime } from "../../log/log-line.ts";
import { logTimeMs, type TimeReference, type Zone } from "../../log/log-time.ts";

const MINUTE = 60_000;

/** Moments of a log's lines, fast: lines of one hour share the work. */
export interface LineClock {
  /** Of the last stamp read: ms since 1970; NaN if there is no such day. */
  ms: number;
  /** The same on the clocks of the reader's zone, as if that were UTC. */
  localMs: number;
  /** When the hour of that stamp began, ms since 1970, and the same on the clocks of the reader's zone. */
  hourMs: number;
  localHourMs: number;
  read(time: LogTime): void;
}

/** @param reference of one log; its zone is also the reader's */
export function lineClock(reference: TimeReference): LineClock {
  let known: LogTime | null = null;
  const clock: LineClock = {
    ms: Number.NaN,
    localMs: Number.NaN,
    hourMs: Number.NaN,
    localHourMs: Number.NaN,
    read(time) {
      if (known === null || !isSameHour(time, known)) {
        known = time;
        const hour = { ...time, minute: 0, second: 0, microsecond: 0 };
        // The year of a stamp without one is decided by its own hour and not by when that began.
        const ms = logTimeMs(time, reference);
        clock.hourMs =
          ms === null
            ? Number.NaN
            : (logTimeMs({ ...hour, year: yearOf(ms, time, reference.zone) }, reference) ?? Number.NaN);
        clock.localHourMs = clock.hourMs + zoneOffset(clock.hourMs, reference.zone) * MINUTE;
      }
      const withinHour = time.minute * MINUTE + time.second * 1000 + Math.floor(time.microsecond / 1000);
      clock.ms = clock.hourMs + withinHour;
      clock.localMs = clock.localHourMs + withinHour;
    },
  };
  return clock;
}

/** Minutes east of UTC at a moment. */
export function zoneOffset(ms: number, zone: Zone): number {
  if (typeof zone === "number") return zone;
  if (Number.isNaN(ms)) return 0;
  return zone(ms + zone(ms) * MINUTE);
}

function isSameHour(one: LogTime, other: LogTime): boolean {
  return (
    one.hour === other.hour &&
    one.day === other.day &&
    one.month === other.month &&
    one.year === other.year &&
    one.offsetMinutes === other.offsetMinutes
  );
}

function yearOf(ms: number, time: LogTime, zone: Zone): number {
  return time.year ?? new Date(ms + (time.offsetMinutes ?? zoneOffset(ms, zone)) * MINUTE).getUTCFullYear();
}
