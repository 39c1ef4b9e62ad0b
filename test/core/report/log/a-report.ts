import { readFileSync } from "node:fs";
import { createCatalogueEngine } from "../../../../core/features/catalogue-engine.ts";
import { lineCounter } from "../../../../core/report/log/line-counter.ts";
import type { LogReport } from "../../../../core/report/log/log-report.ts";
import { summarize } from "../../../../core/report/log/summarize.ts";
import type { Tally } from "../../../../core/report/log/tally.ts";

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
  const scanner = engine.createScanner("both");
  const counter = lineCounter(engine, { notAfter: Date.UTC(2026, 10, 28), zone: 0 });
  lines.forEach((line, number) => {
    const bytes = encoder.encode(line);
    scanner.scan(bytes, 0, bytes.length);
    counter.count(scanner, number);
  });
  return counter.take();
}

export function reportOf(tally: Tally): LogReport {
  return summarize(tally, { logs: [{ name: "mail.log", problem: null }], zone: 0, limit: 10 });
}
