import { readFileSync } from "node:fs";
import { createCatalogueEngine } from "../../../../core/features/catalogue-engine.ts";
import { lineCounter } from "../../../../core/report/log/count-log.ts";
import type { LogReport } from "../../../../core/report/log/log-report.ts";
import { summarize } from "../../../../core/report/log/summarize.ts";
import { emptyTally, type Tally } from "../../../../core/report/log/tally.ts";

const engine = createCatalogueEngine();
const encoder = new TextEncoder();

/** The lines of small-day.log, whose figures the tests have counted by hand. */
export function smallDay(): readonly string[] {
  return readFileSync(new URL("small-day.log", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
}

/** Counts lines as those of one log, the first being number 1. */
export function tallyOf(lines: readonly string[]): Tally {
  const tally = emptyTally();
  const count = lineCounter(engine, tally, 0, { notAfter: Date.UTC(2026, 10, 28), zone: 0 });
  lines.forEach((line, index) => {
    const bytes = encoder.encode(line);
    count(bytes, 0, bytes.length, index + 1);
  });
  return tally;
}

export function reportOf(tally: Tally): LogReport {
  return summarize(tally, { logs: [{ name: "mail.log", problem: null }], zone: 0, limit: 10 });
}
