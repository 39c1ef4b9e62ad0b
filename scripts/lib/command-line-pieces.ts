import type { Piece } from "./pieces.ts";

/**
 * The pieces of the command line; what it imports later (`import()`) and is not named here comes in pieces of its own. To load a piece takes a third of a
 * millisecond, and to compile it a millisecond for 20 KB: so few pieces for what is done often, and little in those that all verbs or the threads load. What
 * the threads take comes before the verbs, so that they need nothing of those.
 */
export const COMMAND_LINE: readonly Piece[] = [
  {
    name: "postmaster-words",
    entries: [
      "core/report/terminal/style.ts",
      "core/text/did-you-mean.ts",
      "core/text/visible-text.ts",
      "server/cli/exit-code.ts",
      "server/cli/version.ts",
      "server/log-jobs/early-thread.ts",
    ],
  },
  {
    name: "postmaster-lines",
    entries: [
      "core/features/catalogue-engine.ts",
      "core/log/log-time.ts",
      "core/text/json-text.ts",
      "core/trace/queue-id.ts",
      "server/cli/check/check-job.ts",
      "server/host/time-zone.ts",
      "server/log-jobs/jobs.ts",
      "server/log-jobs/make-parts.ts",
    ],
  },
  { name: "log-worker", entries: ["server/log-jobs/worker.ts"], isProgram: true },
  {
    name: "postmaster-jobs",
    entries: [
      "server/cli/parse/parse-job.ts",
      "server/cli/trace/ties-job.ts",
      "server/cli/trace/trace-lines-job.ts",
      "server/report/lines-job.ts",
      "server/report/report-job.ts",
    ],
  },
  { name: "postmaster-check", entries: ["server/cli/check.ts", "server/log-jobs/threads.ts"] },
  { name: "postmaster", entries: ["server/cli/main.ts"], isProgram: true },
  { name: "postmaster-model", entries: ["core/reference/restriction.ts", "server/cli/check/configurations.ts"] },
  { name: "postmaster-fixes", entries: ["core/features/log-fixes.ts"] },
  {
    name: "postmaster-rules",
    entries: [
      "server/cli/check/check-configuration.ts",
      "server/cli/check/check-tables.ts",
      "server/cli/fix/fix-configuration.ts",
    ],
  },
];
