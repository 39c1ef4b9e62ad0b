import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { LineQuery } from "@postmaster/core/report/log/line-query.ts";
import type { FoundLogs } from "./find-logs.ts";
import { linesJob } from "./lines-job.ts";
import { runOverLogs, type Watcher } from "./run-over-logs.ts";

/** A line that a number counted. */
export interface FoundLine {
  /** Name of its log. */
  readonly log: string;
  /** From 1. */
  readonly line: number;
  /** As logged, a giant one cut. */
  readonly text: string;
}

export interface FoundLines {
  /** The first ones. */
  readonly lines: readonly FoundLine[];
  /** How many there are in all. */
  readonly total: number;
}

/** The lines of logs that a query asks for, at most `limit` of them, and closes the logs. */
export async function findLines(
  { logs }: FoundLogs,
  query: LineQuery,
  limit: number,
  engine: () => LogEngine,
  watcher: Watcher,
): Promise<FoundLines> {
  const lines: FoundLine[] = [];
  let total = 0;
  await runOverLogs(
    logs,
    linesJob,
    () => ({ query, limit }),
    { engine, watcher },
    (part, source, linesBefore) => {
      total += part.total;
      const log = logs[source]?.input.name ?? "";
      for (const { number, text } of part.lines.slice(0, limit - lines.length)) {
        lines.push({ log, line: linesBefore + number + 1, text });
      }
    },
  );
  return { lines, total };
}
