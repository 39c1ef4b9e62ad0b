import type { FixCase, ProofCase } from "./proof-case.ts";

export interface FixResult {
  readonly fixCase: FixCase;
  /** The offer's title. */
  readonly title: string;
  /** Whom it let in beside what it is for. */
  readonly opened: readonly string[];
  /** What was run afterwards. */
  readonly commands: readonly string[];
  /** Why it does not count as proven; null if it does. */
  readonly problem: string | null;
}

export interface CaseResult {
  readonly proofCase: ProofCase;
  /** The logged line; null if it never came. */
  readonly line: string | null;
  readonly isExplained: boolean;
  readonly fixes: readonly FixResult[];
  /** Why the case as a whole failed; null if it did not. */
  readonly problem: string | null;
  /** Milliseconds. */
  readonly took: number;
}

export function isProven({ problem, fixes }: CaseResult): boolean {
  return problem === null && fixes.every((fix) => fix.problem === null);
}
