import { readEnvelope } from "@postmaster/core/log/envelope.ts";
import { logTimeMs, type TimeReference } from "@postmaster/core/log/log-time.ts";
import { timeZone } from "../host/time-zone.ts";
import type { Input } from "../input/open-input.ts";

const LF = 10;

/** When stamps without year and zone were written. */
export interface TimeOptions {
  /** Null for the latest that is not after the file's last change. */
  readonly year: number | null;
  /** As `timeZone` takes it: null for this machine's. */
  readonly zone: string | null;
}

export function timeReference({ modifiedMs }: Input, { year, zone }: TimeOptions): TimeReference {
  return { notAfter: modifiedMs, zone: timeZone(zone), ...(year === null ? {} : { year }) };
}

/** The moment of the first line that has one, ms since 1970; a log without any comes first. */
export function firstMoment({ head }: Input, reference: TimeReference): number {
  for (let start = 0; start < head.length; ) {
    const feed = head.indexOf(LF, start);
    const end = feed === -1 ? head.length : feed;
    const { time } = readEnvelope(head, start, end);
    const ms = time === null ? null : logTimeMs(time, reference);
    if (ms !== null) return ms;
    start = end + 1;
  }
  return 0;
}
