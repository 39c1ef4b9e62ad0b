import type { LogJob, LogJobName } from "./log-job.ts";

/** The module of each job, loaded by the threads that do it. */
export const LOG_JOBS: Readonly<Record<LogJobName, () => Promise<LogJob<never, unknown>>>> = {
  check: async () => (await import("../cli/check/check-job.ts")).checkJob,
  parse: async () => (await import("../cli/parse/parse-job.ts")).parseJob,
  report: async () => (await import("../report/report-job.ts")).reportJob,
  "report-lines": async () => (await import("../report/lines-job.ts")).linesJob,
  "trace-ties": async () => (await import("../cli/trace/ties-job.ts")).tiesJob,
  "trace-lines": async () => (await import("../cli/trace/trace-lines-job.ts")).traceLinesJob,
};
