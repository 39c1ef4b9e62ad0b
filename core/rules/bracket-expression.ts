/** Of the name of a class such as `alpha`: to look further for its end would cost the whole pattern each time. */
const LONGEST_NAME = 32;

/**
 * Where the bracket expression of a pattern ends that begins at `open`.
 * @param isPerl a backslash takes what follows for itself, as in PCRE; in POSIX it is a member like any other
 * @returns the offset of its `]`; null if it does not end
 */
export function bracketEnd(pattern: string, open: number, isPerl: boolean): number | null {
  let at = open + 1;
  if (pattern.charAt(at) === "^") at += 1;
  if (pattern.charAt(at) === "]") at += 1;
  for (; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "]") return at;
    if (isPerl && character === "\\") at += 1;
    else if (character === "[" && pattern.charAt(at + 1) === ":") {
      const name = pattern.slice(at + 2, at + 2 + LONGEST_NAME).indexOf(":]");
      if (name !== -1) at += name + 3;
    }
  }
  return null;
}
