import type { PatternRule, PatternTable } from "../../syntax/table/parse-pattern-table.ts";
import type { PatternMatcher } from "../pattern-matcher.ts";
import { fillReplacement, parseReplacement } from "./expand-replacement.ts";

export type PatternDecision =
  | { readonly kind: "rule"; readonly rule: PatternRule; readonly value: string }
  | { readonly kind: "none" }
  /** `matched`: the rule does match, only what its `$1` stands for is not to be told. */
  | { readonly kind: "undecided"; readonly rule: PatternRule; readonly matched: boolean };

interface Search {
  /** Rules with a `$1` in their result count. */
  readonly groups?: boolean;
  readonly passOver?: (rule: PatternRule) => boolean;
}

/**
 * The rule a pcre_table(5) or regexp_table(5) decides with about a text: the first that matches, `if` blocks and `!` as written. A pattern
 * that the engine cannot decide ends the search, since whatever stands below it may not be reached, unless `passOver` knows better.
 */
export async function patternRule(
  tree: PatternTable,
  key: string,
  matcher: PatternMatcher,
  { groups = true, passOver = () => false }: Search = {},
): Promise<PatternDecision> {
  /** Outcome of each `if` block by rule index. */
  const open = new Map<number, boolean>();
  for (const rule of tree.rules) {
    if (rule.kind !== "pattern" && rule.kind !== "if") continue;
    if (rule.enclosingIf !== null && open.get(rule.enclosingIf) !== true) continue;
    if (rule.kind === "if") {
      const answer = await matcher.match(tree.type, rule.pattern, rule.flags, key);
      if (answer === "unknown") return { kind: "undecided", rule, matched: false };
      open.set(rule.index, (answer === "match") !== rule.negated);
      continue;
    }
    const decision = await decide(tree, rule, key, matcher, groups);
    if (decision.kind === "none" || (isUndecided(decision) && passOver(rule))) continue;
    return decision;
  }
  return { kind: "none" };
}

function isUndecided(decision: PatternDecision): boolean {
  return decision.kind === "undecided" && !decision.matched;
}

async function decide(
  tree: PatternTable,
  rule: PatternRule,
  key: string,
  matcher: PatternMatcher,
  groups: boolean,
): Promise<PatternDecision> {
  const replacement = parseReplacement(rule.replacement);
  // Postfix refuses such rules when it opens the table: no value at all, a `$` that is none, groups of what did not match.
  if (rule.replacement === "" || replacement.kind === "bad") return { kind: "none" };
  if ((rule.negated || !groups) && replacement.kind !== "text") return { kind: "none" };
  if (replacement.kind === "text") {
    const answer = await matcher.match(tree.type, rule.pattern, rule.flags, key);
    if (answer === "unknown") return { kind: "undecided", rule, matched: false };
    const matches = (answer === "match") !== rule.negated;
    return matches ? { kind: "rule", rule, value: replacement.text } : { kind: "none" };
  }
  const captured = await matcher.capture(tree.type, rule.pattern, rule.flags, key);
  if (captured.answer === "unknown") return { kind: "undecided", rule, matched: false };
  if (captured.answer === "no-match") return { kind: "none" };
  if (captured.groups === null) return { kind: "undecided", rule, matched: true };
  const value = fillReplacement(replacement.parts, captured.groups);
  return value === null ? { kind: "none" } : { kind: "rule", rule, value };
}
