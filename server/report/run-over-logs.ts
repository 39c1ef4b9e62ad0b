import { setImmediate as turn } from "node:timers/promises";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { systemWords } from "../input/open-input.ts";
import type { LogJob } from "../log-jobs/log-job.ts";
import { type LogSource, runLogJob } from "../log-jobs/run-log-job.ts";
import { threadsFor } from "../log-jobs/threads-for.ts";
import type { FoundLog } from "./find-logs.ts";

/** Somebody who waits for a long reading. */
export interface Watcher {
  /** Asked between pieces of a log; true ends the reading. */
  isCancelled(): boolean;
  /** How far it is, 0 to 1. */
  onProgress(part: number): void;
  /** This thread has nothing better to do than to work too. */
  readonly worksHere: boolean;
}

/**
 * Does a job with logs, one after the other, and closes them. `take` is given the parts in the order of the logs' lines: which log (index of `logs`), and how
 * many lines of it stand before the part.
 * @returns why a log, or its rest, could not be read, null if it was; in their order
 */
export async function runOverLogs<Options, Part>(
  logs: readonly FoundLog[],
  job: LogJob<Options, Part>,
  optionsOf: (log: FoundLog) => Options,
  { engine, watcher }: { readonly engine: () => LogEngine; readonly watcher: Watcher },
  take: (part: Part, source: number, linesBefore: number) => void,
): Promise<readonly (string | null)[]> {
  const all = logs.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  const problems: (string | null)[] = [];
  for (const [index, log] of logs.entries()) {
    let done = 0;
    const advance = (bytes: number): void => {
      done = Math.min(log.bytes, done + bytes);
      watcher.onProgress(all === 0 ? 0 : (before + done) / all);
    };
    const run = {
      threads: threadsFor(log.input.file, watcher.worksHere),
      worksHere: watcher.worksHere,
      engine,
      isStopped: () => watcher.isCancelled(),
    };
    try {
      const partBytes = typeof job.partBytes === "number" ? job.partBytes : 0;
      await runLogJob(job, optionsOf(log), sourceOf(log, advance), run, (part, firstLine) => {
        take(part, index, firstLine - 1);
        if (log.input.file !== null) advance(partBytes);
        return undefined;
      });
      problems.push(null);
    } catch (error) {
      problems.push(systemWords(error));
    } finally {
      await log.input.close();
    }
    before += log.bytes;
  }
  return problems;
}

/** What is no plain file comes through this thread, which lets others have their turn. */
function sourceOf({ input }: FoundLog, advance: (bytes: number) => void): LogSource {
  if (input.file !== null) return { kind: "file", ...input.file };
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input.chunks) {
      yield chunk;
      advance(chunk.length);
      await turn();
    }
  }
  return { kind: "stream", chunks: watched() };
}
