import { availableParallelism } from "node:os";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { Input } from "../input/open-input.ts";
import type { LogJobRun, LogSource } from "../log-jobs/run-log-job.ts";
import { WORTH_A_THREAD } from "../log-jobs/worth-a-thread.ts";
import type { Output } from "./output.ts";

/** More threads than this wait for the disk. */
const MOST_THREADS = 7;

export function sourceOf({ file, chunks }: Input): LogSource {
  return file === null ? { kind: "stream", chunks } : { kind: "file", ...file };
}

/**
 * How a verb of the command line works at a log: with every processor if the log is large, itself included. @param worthAThread bytes, fewer where a job takes
 * longer for one
 */
export function jobRun(
  { file }: Input,
  { engine, output }: { readonly engine: () => LogEngine; readonly output: Pick<Output, "isClosed"> },
  worthAThread: number = WORTH_A_THREAD,
): LogJobRun {
  const wanted = Math.floor((file?.size ?? 0) / worthAThread);
  return {
    threads: Math.max(0, Math.min(wanted, availableParallelism() - 1, MOST_THREADS)),
    worksHere: true,
    engine,
    isStopped: () => output.isClosed,
  };
}
