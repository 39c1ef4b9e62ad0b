import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { mergeTallies } from "@postmaster/core/report/log/merge-tallies.ts";
import { emptyTally, type Tally } from "@postmaster/core/report/log/tally.ts";
import type { FoundLogs } from "./find-logs.ts";
import type { TimeOptions } from "./read-order.ts";
import { reportJob } from "./report-job.ts";
import { runOverLogs, type Watcher } from "./run-over-logs.ts";

/** What was counted. */
export interface CountedLogs {
  readonly tally: Tally;
  /** In the order of reading; `problem` says why one, or its rest, could not be read. Places in the tally are indexes of it. */
  readonly logs: readonly { readonly name: string; readonly problem: string | null }[];
}

/** Counts what logs tell, and closes them. */
export async function countLogs(
  { logs, unreadable }: FoundLogs,
  { year, zone }: TimeOptions,
  engine: () => LogEngine,
  watcher: Watcher,
): Promise<CountedLogs> {
  const tally = emptyTally();
  const problems = await runOverLogs(
    logs,
    reportJob,
    ({ input }) => ({ notAfter: input.modifiedMs, year, zone }),
    { engine, watcher },
    (part, source, linesBefore) => mergeTallies(tally, part, { source, linesBefore }),
  );
  const read = logs.map(({ input }, index) => ({ name: input.name, problem: problems[index] ?? null }));
  return { tally, logs: [...read, ...unreadable] };
}
