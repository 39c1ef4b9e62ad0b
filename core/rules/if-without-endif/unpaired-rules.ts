import type { PatternRule } from "../../syntax/table/parse-pattern-table.ts";

/**
 * The `if` and `endif` of a pattern table that have no other half, in the order of the file. An `if` that Postfix skips opens nothing, so
 * what was to end it ends the one around it or nothing.
 */
export function unpairedRules(
  rules: readonly PatternRule[],
  isSkipped: (rule: PatternRule) => boolean,
): readonly PatternRule[] {
  const open: PatternRule[] = [];
  const unopened: PatternRule[] = [];
  for (const rule of rules) {
    if (rule.kind === "if" && !isSkipped(rule)) open.push(rule);
    else if (rule.kind === "endif" && open.pop() === undefined) unopened.push(rule);
  }
  return [...open, ...unopened].toSorted((a, b) => a.span.start - b.span.start);
}
