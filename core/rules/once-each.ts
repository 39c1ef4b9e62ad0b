import type { RuleProblem } from "./rule.ts";

/** Each place once, although several services read it. */
export function onceEach(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ file, span, postfix }) => {
    const key = `${file.path} ${span.start} ${span.end} ${postfix ?? ""}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
