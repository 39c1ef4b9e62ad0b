import type { MailFlow } from "../../log/flow/mail-flow.ts";
import type { LineScanner } from "../../log/line-scanner.ts";
import type { LogEngine } from "../../log/log-engine.ts";
import type { LogTime } from "../../log/log-line.ts";
import type { TimeReference } from "../../log/log-time.ts";
import { addFlow, addFlowHour } from "./add-flow.ts";
import { countLine } from "./count-line.ts";
import { bucketLimits } from "./duration-histogram.ts";
import { lineClock } from "./line-clock.ts";
import { flowMessages, reportLineReader } from "./read-report-line.ts";
import { reportLine } from "./report-line.ts";
import { emptyTally, type Tally } from "./tally.ts";

/** Counts the lines of one log, in their order, a part of it at a time. */
export interface LineCounter {
  /** Counts most lines as they are scanned: those that `scanLines` visits, given this, are to be counted here. */
  readonly flow: MailFlow;
  /** @param number of the line in this part, from 0 */
  count(line: LineScanner, number: number): void;
  /** What was counted since the last time. */
  take(): Tally;
}

/** @param engine whose scanners' lines are counted */
export function lineCounter(engine: LogEngine, reference: TimeReference): LineCounter {
  const { scanNames, known } = engine;
  const read = reportLineReader(scanNames, "count");
  const clock = lineClock(reference);
  const taken = reportLine();
  const at = { line: 0, ms: Number.NaN, localMs: Number.NaN };
  let time: LogTime | null = null;
  let tally = emptyTally();
  let lastTimed = 0;
  const flow = engine.openFlow(
    { messages: flowMessages(), delayLimits: bucketLimits() },
    {
      hour: (counts) => addFlowHour(tally, counts, (entry) => known.entries.at(entry)),
      counts: (counts) => addFlow(tally, counts, lastTimed),
    },
  );
  return {
    flow,
    count(line, number) {
      at.line = number + 1;
      if (line.time !== time) {
        ({ time } = line);
        if (time !== null) clock.read(time);
        at.ms = time === null ? Number.NaN : clock.ms;
        at.localMs = time === null ? Number.NaN : clock.localMs;
      }
      if (!Number.isNaN(at.ms)) lastTimed = at.line;
      read(line, taken);
      countLine(tally, taken, line.message !== -1 || line.entry !== -1, at, flow);
      flow.attend(clock);
    },
    take() {
      flow.finish();
      const made = tally;
      tally = emptyTally();
      lastTimed = 0;
      return made;
    },
  };
}
