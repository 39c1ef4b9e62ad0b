import { lineCounter } from "@postmaster/core/report/log/line-counter.ts";
import type { Tally } from "@postmaster/core/report/log/tally.ts";
import { tallyBuffers } from "@postmaster/core/report/log/tally-buffers.ts";
import { type TimeOptions, timeReference } from "../host/time-reference.ts";
import type { LogJob } from "../log-jobs/log-job.ts";

/** What each thread of a report knows. */
export interface ReportOptions extends TimeOptions {
  /** When the log was last changed, ms since 1970. */
  readonly notAfter: number;
}

/** Counts the lines of a log. */
export const reportJob: LogJob<ReportOptions, Tally> = {
  name: "report",
  goal: "both",
  // Merging costs by the number of different names and not of lines: as few parts as still show progress.
  partBytes: 16 * 1024 * 1024,
  transfer: tallyBuffers,
  start({ notAfter, ...time }, engine) {
    const counter = lineCounter(engine, timeReference(notAfter, time));
    return {
      flow: counter.flow,
      visit: (line, _bytes, _start, _end, number) => counter.count(line, number),
      finish: () => counter.take(),
    };
  },
};
