import type { MailFlow } from "@postmaster/core/log/flow/mail-flow.ts";
import type { LineScanner } from "@postmaster/core/log/line-scanner.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { Sought } from "@postmaster/core/log/matcher.ts";
import type { EntryTally } from "@postmaster/core/log/scanning/entry-tally.ts";

/** What can be done with whole logs; jobs.ts has the module of each. */
export type LogJobName = "check" | "parse" | "report" | "report-lines" | "trace-ties" | "trace-lines";

/**
 * Something done with every line of a log, in one thread or in several: the log is cut into parts at line breaks, each thread makes parts of it, and
 * the thread that asked is given them in the order of the log, so the result is the same with one thread and with many.
 *
 * `Options` and `Part` go from thread to thread: they must be structured-cloneable (plain objects, arrays, maps, typed arrays; no functions).
 * Memory stays flat if a part does: keep counts and what will be shown, not the lines.
 */
export interface LogJob<Options, Part> {
  readonly name: LogJobName;
  /** What the scanner looks for on each line. */
  readonly goal: Sought;
  /** Only lines that an entry explains are visited; the others are passed over, which is several times as fast. */
  readonly explainedOnly?: true;
  /**
   * Bytes of log that make one part; `share` for one part a thread, where parts are costly to hand over and to merge.
   */
  readonly partBytes: number | "share";
  /** Parts that may wait, for each thread, until an earlier one is taken: few where parts are large. 16 if it does not say. */
  readonly mostWaiting?: number;
  /** Buffers of a part that need not be copied from thread to thread: nobody looks at them any more in the one that made it. */
  transfer?(part: Part): readonly ArrayBuffer[];
  /** Called once in each thread. */
  start(options: Options, engine: LogEngine): PartMaker<Part>;
}

/** One thread's worker at a job. Parts are made one after the other, each of lines that stand behind those of the one before. */
export interface PartMaker<Part> {
  /** Counts most lines as they are scanned: those are not visited. */
  readonly flow?: MailFlow;
  /** Of lines that an entry explains, those that it counts are not visited. */
  readonly tally?: EntryTally;
  /**
   * One line, already scanned: `bytes[start..end)`, without its line break. All of it is good until this returns. Beyond its first MiB a line is not
   * looked at. @param number of the line in this part, from 0
   */
  visit(line: LineScanner, bytes: Uint8Array, start: number, end: number, number: number): void;
  /** The part is complete: what its lines have given. The next line begins the next part. */
  finish(): Part;
}

/** Given each part in the order of the log. `firstLine` is the 1-based number of its first line. A promise is waited for. */
export type PartTaker<Part> = (part: Part, firstLine: number) => Promise<void> | undefined;
