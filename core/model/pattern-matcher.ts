import type { PatternTableType } from "../syntax/table/parse-pattern-table.ts";

/** `unknown`: the engine could not decide (bad pattern, limits, syntax it does not share). Never to be read as "no match". */
export type PatternAnswer = "match" | "no-match" | "unknown";

export type PatternCapture =
  | {
      readonly answer: "match";
      /** What each group of the pattern matched, the first at 0; null for one that took no part. Null: not to be told. */
      readonly groups: readonly (string | null)[] | null;
    }
  | { readonly answer: "no-match" }
  | { readonly answer: "unknown" };

/** Decides whether a pattern of a pcre: or regexp: table matches a text, as Postfix's own engine would. Never throws. */
export interface PatternMatcher {
  /** `pattern` and `flags` as they stand in the table, without delimiters. */
  match(type: PatternTableType, pattern: string, flags: string, subject: string): Promise<PatternAnswer>;
  /** The same, and what its groups matched: for right-hand sides with `$1`. */
  capture(type: PatternTableType, pattern: string, flags: string, subject: string): Promise<PatternCapture>;
}
