import { lineText } from "@postmaster/core/log/line-content.ts";
import { readStep } from "@postmaster/core/trace/read-step.ts";
import { isAskedBy } from "@postmaster/core/trace/trace.ts";
import { traceLineReader } from "@postmaster/core/trace/trace-line.ts";
import { bufferText } from "../../host/buffer-text.ts";
import type { LogJob } from "../../log-jobs/log-job.ts";

export interface TiesOptions {
  readonly question: string;
}

/** What ties the mails of a part together. All are fingerprints. */
export interface TiesPart {
  /** Two a tie: a queue id, and another one or a message-id. */
  readonly ties: Float64Array<ArrayBuffer>;
  /** Two a mail that came from a client: its queue id and the process that received it. */
  readonly arrivals: Float64Array<ArrayBuffer>;
  /** Mails that are asked for. */
  readonly asked: readonly number[];
  /** Processes that refused what is asked for. */
  readonly refusing: readonly number[];
}

/** A place that no line has: what is asked for does not depend on it. */
const NOWHERE = { source: 0, line: 0, ms: null, time: null };

/** Finds out which mails hang together, and which are asked for. */
export const tiesJob: LogJob<TiesOptions, TiesPart> = {
  name: "trace-ties",
  goal: "both",
  partBytes: 2 * 1024 * 1024,
  start({ question }, engine) {
    const reader = traceLineReader(engine.scanNames, question, bufferText("utf8"));
    const isAsked = isAskedBy(question);
    let ties: number[] = [];
    let arrivals: number[] = [];
    const asked = new Set<number>();
    const refusing = new Set<number>();
    return {
      visit(line, bytes, start, end) {
        const { queueId, named, messageId, process, isArrival, mayBeAsked } = reader.read(line, bytes);
        if (queueId !== -1) {
          for (const other of named) ties.push(queueId, other);
          if (messageId !== -1) ties.push(queueId, messageId);
          if (isArrival) arrivals.push(queueId, process);
        }
        if (!mayBeAsked) return;
        const step = readStep(engine.readText(lineText(bytes, start, end)), NOWHERE);
        if (step === null || !isAsked(step)) return;
        if (queueId !== -1) asked.add(queueId);
        else if (process !== -1) refusing.add(process);
      },
      finish() {
        const part = {
          ties: Float64Array.from(ties),
          arrivals: Float64Array.from(arrivals),
          asked: [...asked],
          refusing: [...refusing],
        };
        ties = [];
        arrivals = [];
        asked.clear();
        refusing.clear();
        return part;
      },
    };
  },
  transfer: ({ ties, arrivals }) => [ties.buffer, arrivals.buffer],
};
