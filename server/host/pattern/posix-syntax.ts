/**
 * Whether a POSIX extended regular expression means the same to PCRE: which texts it matches, not which part of them. Everything
 * doubtful (backslash letters, backslashes in brackets, repeated repetitions, collating symbols) is not shared.
 */
export function isSharedSyntax(pattern: string): boolean {
  let at = 0;
  /** Something stands before that can be repeated. */
  let repeatable = false;
  while (at < pattern.length) {
    const c = pattern[at] ?? "";
    if (c === "\\") {
      const next = pattern[at + 1] ?? "";
      if (!isPunctuation(next)) return false;
      at += 2;
      repeatable = true;
    } else if (c === "[") {
      const end = bracketEnd(pattern, at);
      if (end === -1) return false;
      at = end;
      repeatable = true;
    } else if (c === "*" || c === "+" || c === "?") {
      if (!repeatable) return false;
      at++;
      repeatable = false;
    } else if (c === "{") {
      const end = boundsEnd(pattern, at);
      if (end === -1 || !repeatable) return false;
      at = end;
      repeatable = false;
    } else if (c === "(" || c === "|" || c === "^") {
      if (c === "(" && pattern[at + 1] === "?") return false;
      at++;
      repeatable = false;
    } else {
      at++;
      repeatable = c !== "$";
    }
  }
  return true;
}

/**
 * Whether the groups of a shared pattern match the same text in both: POSIX takes the longest match and PCRE the first. They agree where
 * the whole text must match, nothing is an alternative and no group is repeated.
 */
export function hasSharedGroups(pattern: string): boolean {
  if (!pattern.startsWith("^") || !pattern.endsWith("$") || pattern.endsWith("\\$")) return false;
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern[at];
    if (c === "\\") at++;
    else if (c === "[") at = bracketEnd(pattern, at) - 1;
    else if (c === "|") return false;
    else if (c === ")" && "*+?{".includes(pattern[at + 1] ?? "$")) return false;
  }
  return true;
}

/** After the closing bracket of the expression that starts at `open`, or -1 if it is not plain. */
function bracketEnd(pattern: string, open: number): number {
  let at = open + 1;
  if (pattern[at] === "^") at++;
  if (pattern[at] === "]") at++;
  for (; at < pattern.length; at++) {
    const c = pattern[at];
    if (c === "\\") return -1;
    if (c === "]") return at + 1;
    if (c !== "[") continue;
    const kind = pattern[at + 1];
    if (kind === "." || kind === "=") return -1;
    if (kind === ":") {
      const end = pattern.indexOf(":]", at + 2);
      if (end === -1 || !CLASSES.has(pattern.slice(at + 2, end))) return -1;
      at = end + 1;
    }
  }
  return -1;
}

const CLASSES = new Set(["alnum", "alpha", "blank", "digit", "lower", "punct", "space", "upper", "xdigit"]);

/** After a well-formed `{m}`, `{m,}` or `{m,n}`, or -1. */
function boundsEnd(pattern: string, open: number): number {
  const close = pattern.indexOf("}", open);
  if (close === -1) return -1;
  const [low = "", high = "0", ...more] = pattern.slice(open + 1, close).split(",");
  const isNumber = (text: string): boolean => /^\d{1,3}$/.test(text);
  return more.length === 0 && isNumber(low) && (high === "" || isNumber(high)) ? close + 1 : -1;
}

function isPunctuation(c: string): boolean {
  // GNU's own `\<`, `\>`, `` \` `` and `\'` are left out.
  return c.length === 1 && '!"#$%&()*+,-./:;=?@[\\]^_{|}~'.includes(c);
}
