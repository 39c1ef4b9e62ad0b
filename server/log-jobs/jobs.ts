import type { LogJob, LogJobName } from "./log-job.ts";

/** The module of each job, loaded by the threads that do it. */
export const LOG_JOBS: Readonly<Record<LogJobName, () => Promise<LogJob<never, unknown>>>> = {
  check: async () => (await import("../cli/check/check-job.ts")).checkJob,
};
