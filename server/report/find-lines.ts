import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { decodeUtf8 } from "@postmaster/core/log/utf8.ts";
import type { LineQuery } from "@postmaster/core/report/log/line-query.ts";
import { matchesQuery } from "@postmaster/core/report/log/match-query.ts";
import { readReportLine } from "@postmaster/core/report/log/read-report-line.ts";
import { reportLine } from "@postmaster/core/report/log/report-line.ts";
import type { FoundLogs } from "./find-logs.ts";
import { readWatched, type Watcher } from "./read-watched.ts";

/** A line that a number counted. */
export interface FoundLine {
  /** Name of its log. */
  readonly log: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface FoundLines {
  /** The first ones. */
  readonly lines: readonly FoundLine[];
  /** How many there are in all. */
  readonly total: number;
}

const LONGEST = 10_000;
const CR = 13;

/** The lines of logs that a query asks for, at most `limit` of them, and closes the logs. */
export async function findLines(
  { logs }: FoundLogs,
  query: LineQuery,
  limit: number,
  engine: LogEngine,
  watcher: Watcher,
): Promise<FoundLines> {
  const lines: FoundLine[] = [];
  const line = reportLine();
  let total = 0;
  await readWatched(logs, watcher, ({ input }) => (bytes, start, end, number) => {
    readReportLine(engine.readLine(bytes, start, end), bytes, start, line);
    if (!matchesQuery(line, query)) return;
    total += 1;
    if (lines.length >= limit) return;
    const stop = end > start && bytes[end - 1] === CR ? end - 1 : end;
    lines.push({ log: input.name, line: number, text: decodeUtf8(bytes, start, Math.min(stop, start + LONGEST)) });
  });
  return { lines, total };
}
