import type { LogEngine } from "../../log/log-engine.ts";
import type { TimeReference } from "../../log/log-time.ts";
import { countLine } from "./count-line.ts";
import { lineClock } from "./line-clock.ts";
import { readReportLine } from "./read-report-line.ts";
import { reportLine } from "./report-line.ts";
import type { Tally } from "./tally.ts";

/** Counts the lines of one log, in their order. `number` is the line's, from 1. */
export type LineCounter = (bytes: Uint8Array, start: number, end: number, number: number) => void;

/** @param source which of the logs it is, as the caller counts them */
export function lineCounter(engine: LogEngine, tally: Tally, source: number, reference: TimeReference): LineCounter {
  const clock = lineClock(reference);
  const line = reportLine();
  const at = { source, line: 0, ms: Number.NaN, localMs: Number.NaN };
  return (bytes, start, end, number) => {
    const parsed = engine.readLine(bytes, start, end);
    const { time } = parsed.envelope;
    at.line = number;
    if (time === null) {
      at.ms = Number.NaN;
      at.localMs = Number.NaN;
    } else {
      clock.read(time);
      at.ms = clock.ms;
      at.localMs = clock.localMs;
    }
    readReportLine(parsed, bytes, start, line);
    countLine(tally, line, parsed.message !== null || parsed.entry !== null, at);
  };
}
