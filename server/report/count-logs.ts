import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { lineCounter } from "@postmaster/core/report/log/count-log.ts";
import { emptyTally, type Tally } from "@postmaster/core/report/log/tally.ts";
import type { FoundLogs } from "./find-logs.ts";
import { type TimeOptions, timeReference } from "./read-order.ts";
import { readWatched, type Watcher } from "./read-watched.ts";

/** What was counted. */
export interface CountedLogs {
  readonly tally: Tally;
  /** In the order of reading; `problem` says why one, or its rest, could not be read. Places in the tally are indexes of it. */
  readonly logs: readonly { readonly name: string; readonly problem: string | null }[];
}

/** Counts what logs tell, and closes them. */
export async function countLogs(
  { logs, unreadable }: FoundLogs,
  time: TimeOptions,
  engine: () => LogEngine,
  watcher: Watcher,
): Promise<CountedLogs> {
  const tally = emptyTally();
  const problems = await readWatched(logs, watcher, ({ input }, source) =>
    lineCounter(engine(), tally, source, timeReference(input, time)),
  );
  const read = logs.map(({ input }, index) => ({ name: input.name, problem: problems[index] ?? null }));
  return { tally, logs: [...read, ...unreadable] };
}
