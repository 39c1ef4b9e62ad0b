import { lineText } from "@postmaster/core/log/line-content.ts";
import { traceLineReader } from "@postmaster/core/trace/trace-line.ts";
import { bufferText } from "../../host/buffer-text.ts";
import type { LogJob } from "../../log-jobs/log-job.ts";

/** What is wanted, as fingerprints. */
export interface TraceLinesOptions {
  readonly question: string;
  /** Queue ids and message-ids. */
  readonly ids: ReadonlySet<number>;
  /** Processes whose sessions are. */
  readonly processes: ReadonlySet<number>;
}

/** A line of which a story is made. `number` counts from 0 at the part's begin. */
export interface WantedLine {
  readonly number: number;
  readonly text: string;
}

/** Collects the lines of some mails, and of the sessions they came in. */
export const traceLinesJob: LogJob<TraceLinesOptions, readonly WantedLine[]> = {
  name: "trace-lines",
  goal: "both",
  partBytes: 2 * 1024 * 1024,
  start({ question, ids, processes }, engine) {
    const reader = traceLineReader(engine.scanNames, question, bufferText("utf8"));
    let lines: WantedLine[] = [];
    return {
      visit(line, bytes, start, end, number) {
        const { queueId, messageId, process, isSession, mayBeAsked } = reader.read(line, bytes);
        // One postscreen(8) serves all clients at once: of its lines only those that are asked for are of use.
        const isOne = line.program.daemon === "postscreen" ? mayBeAsked : processes.has(process);
        if (!(queueId === -1 ? ids.has(messageId) || (isSession && isOne) : ids.has(queueId))) return;
        lines.push({ number, text: lineText(bytes, start, end) });
      },
      finish() {
        const part = lines;
        lines = [];
        return part;
      },
    };
  },
};
