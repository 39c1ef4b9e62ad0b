import { lineText } from "@postmaster/core/log/line-content.ts";
import type { LineQuery } from "@postmaster/core/report/log/line-query.ts";
import { matchesQuery } from "@postmaster/core/report/log/match-query.ts";
import { reportLineReader } from "@postmaster/core/report/log/read-report-line.ts";
import { reportLine } from "@postmaster/core/report/log/report-line.ts";
import type { LogJob } from "../log-jobs/log-job.ts";

export interface LinesOptions {
  readonly query: LineQuery;
  /** Lines to keep of a part. */
  readonly limit: number;
}

/** The lines of a part that a query asks for. */
export interface LinesPart {
  readonly total: number;
  /** The first ones. `number` counts from 0 at the part's begin. */
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

/** Bytes of a line that are shown. */
const LONGEST = 10_000;

/** Finds the lines that a number of a report counts. */
export const linesJob: LogJob<LinesOptions, LinesPart> = {
  name: "report-lines",
  goal: "both",
  partBytes: 4 * 1024 * 1024,
  start({ query, limit }, { scanNames }) {
    const read = reportLineReader(scanNames, "find");
    const taken = reportLine();
    let total = 0;
    let lines: { number: number; text: string }[] = [];
    return {
      visit(line, bytes, start, end, number) {
        read(line, taken);
        if (!matchesQuery(taken, query)) return;
        total += 1;
        if (lines.length >= limit) return;
        lines.push({ number, text: lineText(bytes, start, Math.min(end, start + LONGEST)) });
      },
      finish() {
        const part = { total, lines };
        total = 0;
        lines = [];
        return part;
      },
    };
  },
};
