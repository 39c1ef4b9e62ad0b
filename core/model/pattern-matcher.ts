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

/** Why a pattern does not compile. */
export interface PatternFault {
  /** UTF-16 offset in the pattern. */
  readonly offset: number;
  /** The engine's words, such as `missing closing parenthesis`. */
  readonly words: string;
}

/** Decides whether a pattern of a pcre: or regexp: table matches a text, as Postfix's own engine would. Never throws. */
export interface PatternMatcher {
  /** `pattern` and `flags` as they stand in the table, without delimiters. */
  match(type: PatternTableType, pattern: string, flags: string, subject: string): Promise<PatternAnswer>;
  /** The same, and what its groups matched: for right-hand sides with `$1`. */
  capture(type: PatternTableType, pattern: string, flags: string, subject: string): Promise<PatternCapture>;
  /** What is wrong with a pcre: pattern; null if it compiles. `unknown` is never to be read as either. */
  compile(pattern: string, flags: string): Promise<PatternFault | null | "unknown">;
}
