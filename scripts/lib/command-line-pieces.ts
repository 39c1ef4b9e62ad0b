import type { Piece } from "./pieces.ts";

/**
 * The pieces of the command line; what it imports later (`import()`) and is not named here comes in pieces of its own. To load a piece takes a third of a
 * millisecond, and to compile it a millisecond for 20 KB: so few pieces for what is done often, and in each what is needed together (a test says how much of
 * what a verb loads it does not need). A module is in the first piece that needs it: what several verbs share comes before them, and what the threads take first of all.
 */
export const COMMAND_LINE: readonly Piece[] = [
  {
    name: "postmaster-words",
    entries: [
      "core/collections/count-leading.ts",
      "core/collections/lists-by-key.ts",
      "core/memory/remember.ts",
      "core/report/terminal/style.ts",
      "core/report/terminal/wrap-text.ts",
      "core/report/text-width.ts",
      "core/text/did-you-mean.ts",
      "core/text/escape-markdown.ts",
      "core/text/ip-address.ts",
      "core/text/json-text.ts",
      "core/text/span.ts",
      "core/text/truncate.ts",
      "core/text/visible-text.ts",
      "server/cli/exit-code.ts",
      "server/cli/options.ts",
      "server/cli/uri.ts",
      "server/cli/version.ts",
      "server/host/compression.ts",
      "server/log-jobs/early-thread.ts",
    ],
  },
  {
    name: "postmaster-lines",
    entries: [
      "core/features/catalogue-engine.ts",
      "core/log/log-time.ts",
      "core/trace/queue-id.ts",
      "server/cli/check/check-job.ts",
      "server/host/time-zone.ts",
      "server/log-jobs/jobs.ts",
      "server/log-jobs/make-parts.ts",
    ],
  },
  { name: "log-worker", entries: ["server/log-jobs/worker.ts"], isProgram: true },
  { name: "postmaster-report-job", entries: ["server/report/report-job.ts", "server/report/lines-job.ts"] },
  {
    name: "postmaster-jobs",
    entries: ["server/cli/parse/parse-job.ts", "server/cli/trace/ties-job.ts", "server/cli/trace/trace-lines-job.ts"],
  },
  { name: "postmaster-host", entries: ["server/host/node-file-port.ts", "server/cli/pattern-matcher.ts"] },
  {
    name: "postmaster-logs",
    entries: [
      "core/report/log/wording.ts",
      "server/cli/log-source.ts",
      "server/cli/zone-option.ts",
      "server/input/barren-folders.ts",
      "server/input/byte-lines.ts",
      "server/input/find-files.ts",
      "server/input/open-input.ts",
      "server/input/recognise.ts",
      "server/log-jobs/run-log-job.ts",
      "server/log-jobs/threads.ts",
      "server/report/read-order.ts",
    ],
  },
  { name: "postmaster-check", entries: ["server/cli/check.ts"] },
  { name: "postmaster", entries: ["server/cli/main.ts"], isProgram: true },
  { name: "postmaster-parameters", entries: ["core/reference/parameter.ts"] },
  { name: "postmaster-restrictions", entries: ["core/reference/restriction.ts"] },
  { name: "postmaster-report", entries: ["server/cli/report.ts"] },
  { name: "postmaster-trace", entries: ["server/cli/trace.ts"] },
  { name: "postmaster-redact", entries: ["server/cli/redact.ts"] },
  { name: "postmaster-explain", entries: ["server/cli/explain.ts"] },
  { name: "postmaster-model", entries: ["server/cli/check/configurations.ts"] },
  {
    name: "postmaster-lookup",
    entries: [
      "core/model/admission/access-action.ts",
      "core/model/admission/admission.ts",
      "core/model/admission/table-summary.ts",
      "core/model/list-words.ts",
      "core/model/lookup/access-keys.ts",
      "core/model/lookup/address-extension.ts",
      "core/model/lookup/look-up.ts",
      "core/model/lookup/parent-domains.ts",
      "core/model/services.ts",
    ],
  },
  {
    name: "postmaster-decisions",
    entries: [
      "core/model/lookup/find-address.ts",
      "core/model/lookup/local-domain.ts",
      "core/model/route/decision.ts",
      "core/model/route/resolve-recipient.ts",
      "core/model/route/route-settings.ts",
      "core/model/route/transport-maps.ts",
      "core/rules/no-relay-protection/rule.ts",
      "server/cli/admit/system-accounts.ts",
      "server/cli/configured-server.ts",
    ],
  },
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
