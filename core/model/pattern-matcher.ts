import type { PatternTableType } from "../syntax/table/parse-pattern-table.ts";

/** `unknown`: the engine could not decide (bad pattern, limits, syntax it does not share). Never to be read as "no match". */
export type PatternAnswer = "match" | "no-match" | "unknown";

/** Decides whether a pattern of a pcre: or regexp: table matches a text, as Postfix's own engine would. Never throws. */
export interface PatternMatcher {
  /** `pattern` and `flags` as they stand in the table, without delimiters. */
  match(type: PatternTableType, pattern: string, flags: string, subject: string): Promise<PatternAnswer>;
}
