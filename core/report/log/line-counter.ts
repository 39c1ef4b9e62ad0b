import type { LineScanner, ScanNames } from "../../log/line-scanner.ts";
import type { LogTime } from "../../log/log-line.ts";
import type { TimeReference } from "../../log/log-time.ts";
import { countLine } from "./count-line.ts";
import { lineClock } from "./line-clock.ts";
import { reportLineReader } from "./read-report-line.ts";
import { reportLine } from "./report-line.ts";
import { emptyTally, type Tally } from "./tally.ts";

/** Counts the lines of one log, in their order, a part of it at a time. */
export interface LineCounter {
  /** @param number of the line in this part, from 0 */
  count(line: LineScanner, number: number): void;
  /** What was counted since the last time. */
  take(): Tally;
}

/** @param names of the engine whose scanners' lines are counted */
export function lineCounter(names: ScanNames, reference: TimeReference): LineCounter {
  const read = reportLineReader(names, "count");
  const clock = lineClock(reference);
  const taken = reportLine();
  const at = { line: 0, ms: Number.NaN, localMs: Number.NaN };
  let time: LogTime | null = null;
  let tally = emptyTally();
  return {
    count(line, number) {
      at.line = number + 1;
      if (line.time !== time) {
        ({ time } = line);
        if (time !== null) clock.read(time);
        at.ms = time === null ? Number.NaN : clock.ms;
        at.localMs = time === null ? Number.NaN : clock.localMs;
      }
      read(line, taken);
      countLine(tally, taken, line.message !== -1 || line.entry !== -1, at);
    },
    take() {
      const made = tally;
      tally = emptyTally();
      return made;
    },
  };
}
