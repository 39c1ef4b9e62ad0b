import { readEnvelope } from "@postmaster/core/log/envelope.ts";
import { logTimeMs } from "@postmaster/core/log/log-time.ts";
import { type TimeOptions, timeReference } from "../host/time-reference.ts";
import type { Input } from "../input/open-input.ts";

const LF = 10;

/** The moment of the first line that has one, ms since 1970; 0 for a log without any. */
export function firstMoment({ head, modifiedMs }: Pick<Input, "head" | "modifiedMs">, time: TimeOptions): number {
  const reference = timeReference(modifiedMs, time);
  for (let start = 0; start < head.length; ) {
    const feed = head.indexOf(LF, start);
    const end = feed === -1 ? head.length : feed;
    const stamp = readEnvelope(head, start, end).time;
    const ms = stamp === null ? null : logTimeMs(stamp, reference);
    if (ms !== null) return ms;
    start = end + 1;
  }
  return 0;
}

/** How old a log is. */
export interface LogAge {
  /** Its first moment, as firstMoment has it. */
  readonly begin: number;
  readonly input: Pick<Input, "modifiedMs">;
}

/** Puts the older log first; of two that begin in the same second, the one that was closed first. */
export function byAge(one: LogAge, other: LogAge): number {
  return one.begin - other.begin || one.input.modifiedMs - other.input.modifiedMs;
}
