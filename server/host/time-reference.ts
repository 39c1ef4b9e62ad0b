import type { TimeReference } from "@postmaster/core/log/log-time.ts";
import { timeZone } from "./time-zone.ts";

/** When stamps without year and zone were written. */
export interface TimeOptions {
  /** Null for the latest that is not after the file's last change. */
  readonly year: number | null;
  /** As `timeZone` takes it: null for this machine's. */
  readonly zone: string | null;
}

/** The latest year, and this machine's zone. */
export const TIME_HERE: TimeOptions = { year: null, zone: null };

/** @param notAfter when the log was last changed, ms since 1970 */
export function timeReference(notAfter: number, { year, zone }: TimeOptions): TimeReference {
  return { notAfter, zone: timeZone(zone), ...(year === null ? {} : { year }) };
}
