import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { PatternMatcher } from "@postmaster/core/model/pattern-matcher.ts";
import type { PostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import type { Finding, ReportWriter } from "@postmaster/core/report/finding.ts";
import type { FindingCounts } from "@postmaster/core/report/finding-counts.ts";
import type { FixList } from "../fix/fix-list.ts";
import type { Output } from "../output.ts";
import type { Configurations } from "./configurations.ts";
import type { LogSequences } from "./log-sequence.ts";

/** A log that is checked on as it grows. */
export interface FollowedLog {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Checks what was added. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** What the parts of one `check` share. */
export interface CheckRun {
  readonly output: Output;
  readonly report: ReportWriter;
  readonly counts: FindingCounts;
  readonly configurations: Configurations;
  readonly postfixVersion: PostfixVersion | null;
  /** As `postconf -m` lists them; empty: not known. */
  readonly tableTypes: readonly string[];
  readonly patternMatcher: PatternMatcher;
  /** Findings listed of each kind for one log; Infinity for all. */
  readonly cap: number;
  /** Where fixes to apply are collected; null without `--fix`. */
  readonly fixes: FixList | null;
  /** Logs to be followed once all is checked; null without `--follow`. */
  readonly followed: FollowedLog[] | null;
  readonly sequences: LogSequences;
  /** Compiled when first asked for. */
  readonly engine: () => LogEngine;
}

/** Writes one finding. Await the result if it is a promise. */
export function list(run: CheckRun, finding: Finding): Promise<void> | undefined {
  return run.output.write(run.report.finding(finding));
}
