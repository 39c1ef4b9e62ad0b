import { bracketEnd } from "../bracket-expression.ts";

/** How many groups of a pattern can be referred to as `$1` and on; null where that takes the engine to tell. */
export function countGroups(pattern: string, flags: string, isPerl: boolean): number | null {
  // Remarks in the pattern, quoted stretches and groups that share a number.
  if (
    isPerl &&
    (flags.includes("x") ||
      pattern.includes("(?|") ||
      pattern.includes("(?x") ||
      pattern.includes("\\Q") ||
      pattern.includes("(?#"))
  ) {
    return null;
  }
  if (!isPerl && flags.includes("x")) return null;
  let groups = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "\\") at += 1;
    else if (character === "[") {
      const end = bracketEnd(pattern, at, isPerl);
      if (end === null) return null;
      at = end;
    } else if (character === "(" && (!isPerl || captures(pattern, at))) groups += 1;
  }
  return groups;
}

/** `(…)`, `(?<name>…)`, `(?P<name>…)` and `(?'name'…)`. */
function captures(pattern: string, at: number): boolean {
  if (pattern.charAt(at + 1) === "*") return false;
  if (pattern.charAt(at + 1) !== "?") return true;
  const rest = pattern.slice(at + 2, at + 4);
  return rest.startsWith("P<") || rest.startsWith("'") || (rest.startsWith("<") && rest !== "<=" && rest !== "<!");
}
