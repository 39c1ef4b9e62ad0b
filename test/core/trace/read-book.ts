import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { logTimeMs } from "@postmaster/core/log/log-time.ts";
import { readStep } from "@postmaster/core/trace/read-step.ts";
import { createTraceBook, type TraceBook } from "@postmaster/core/trace/trace-book.ts";

const engine = createCatalogueEngine();
const REFERENCE = { notAfter: Date.UTC(2026, 11, 1), zone: 0 };

/** The mails of a log. `10:00:01 ` at a line's start stands for a whole header, unless the line has one. */
export function bookOf(log: string): TraceBook {
  const book = createTraceBook();
  log.split("\n").forEach((text, index) => {
    const line = engine.readText(fullLine(text.trim()));
    const ms = line.time === null ? null : logTimeMs(line.time, REFERENCE);
    const step = readStep(line, { source: 0, line: index + 1, ms, time: null });
    if (step !== null) book.add(step);
  });
  return book;
}

/** `10:00:01 smtpd[7]: …` becomes a line of syslog. */
function fullLine(text: string): string {
  const isShort = text.charAt(2) === ":" && text.charAt(8) === " ";
  return isShort ? `Nov 22 ${text.slice(0, 8)} mx1 postfix/${text.slice(9)}` : text;
}
