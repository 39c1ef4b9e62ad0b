import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { Input } from "../input/open-input.ts";
import type { LogJobRun, LogSource } from "../log-jobs/run-log-job.ts";
import { threadsFor } from "../log-jobs/threads-for.ts";
import type { Output } from "./output.ts";

export function sourceOf({ file, chunks }: Input): LogSource {
  return file === null ? { kind: "stream", chunks } : { kind: "file", ...file };
}

/** How a verb of the command line works at a log: with every processor if the log is large, itself included. @param worthAThread as threadsFor takes it */
export function jobRun(
  { file }: Input,
  { engine, output }: { readonly engine: () => LogEngine; readonly output: Pick<Output, "isClosed"> },
  worthAThread?: number,
): LogJobRun {
  return {
    threads: threadsFor(file, true, worthAThread),
    worksHere: true,
    engine,
    isStopped: () => output.isClosed,
  };
}
