import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { mergeTallies } from "@postmaster/core/report/log/merge-tallies.ts";
import { keyMerger } from "@postmaster/core/report/log/sum-keys.ts";
import { emptyTally, type Tally } from "@postmaster/core/report/log/tally.ts";
import type { TimeOptions } from "../host/time-reference.ts";
import type { FoundLogs } from "./find-logs.ts";
import { reportJob } from "./report-job.ts";
import { runOverLogs, type Watcher } from "./run-over-logs.ts";

export interface CountedLog {
  readonly name: string;
  /** Why it, or its rest, could not be read. */
  readonly problem: string | null;
  readonly lines: number;
}

/** What was counted. */
export interface CountedLogs {
  readonly tally: Tally;
  /** In the order of reading; `problem` says why one, or its rest, could not be read. Places in the tally are indexes of it. */
  readonly logs: readonly CountedLog[];
}

/** Counts what logs tell, and closes them. */
export async function countLogs(
  { logs, unreadable }: FoundLogs,
  time: TimeOptions,
  engine: () => LogEngine,
  watcher: Watcher,
): Promise<CountedLogs> {
  const tally = emptyTally();
  const lines: number[] = [];
  const keys = keyMerger(engine);
  const problems = await runOverLogs(
    logs,
    reportJob,
    ({ input }) => ({ notAfter: input.modifiedMs, ...time }),
    { engine, watcher },
    (part, source, linesBefore) => {
      mergeTallies(tally, part, { source, linesBefore }, keys.merge);
      lines[source] = linesBefore + part.lines;
    },
  );
  keys.settle();
  const read = logs.map(({ input: { name } }, index) => ({
    name,
    problem: problems[index] ?? null,
    lines: lines[index] ?? 0,
  }));
  return { tally, logs: [...read, ...unreadable.map((one) => ({ ...one, lines: 0 }))] };
}
