import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { lineCounter } from "@postmaster/core/report/log/count-log.ts";
import { emptyTally, type Tally } from "@postmaster/core/report/log/tally.ts";
import { visitLines } from "../cli/input/byte-lines.ts";
import { systemWords } from "../cli/input/open-input.ts";
import { type FoundLog, findLogs } from "./find-logs.ts";
import { type TimeOptions, timeReference } from "./read-order.ts";

/** What was counted. */
export interface CountedLogs {
  readonly tally: Tally;
  /** In the order of reading; `problem` says why one, or its rest, could not be read. Places in the tally are indexes of it. */
  readonly logs: readonly { readonly name: string; readonly problem: string | null }[];
}

/** Counts what the logs tell that words name. */
export async function countLogs(
  words: readonly string[],
  time: TimeOptions,
  engine: () => LogEngine,
): Promise<CountedLogs> {
  const found = await findLogs(words, time);
  const tally = emptyTally();
  const logs: { name: string; problem: string | null }[] = [];
  for (const log of found.logs) {
    const problem = await countOne(log, logs.length, time, engine(), tally);
    logs.push({ name: log.input.name, problem });
  }
  return { tally, logs: [...logs, ...found.unreadable] };
}

async function countOne(
  { input }: FoundLog,
  source: number,
  time: TimeOptions,
  engine: LogEngine,
  tally: Tally,
): Promise<string | null> {
  try {
    const count = lineCounter(engine, tally, source, timeReference(input, time));
    await visitLines(input.chunks, (bytes, start, end, number) => {
      count(bytes, start, end, number);
      return undefined;
    });
    return null;
  } catch (error) {
    return systemWords(error);
  } finally {
    await input.close();
  }
}
