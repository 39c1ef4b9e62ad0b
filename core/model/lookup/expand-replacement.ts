import { isAlnumCode, isDigitCode } from "../../text/ascii.ts";

/** A right-hand side of a pcre: or regexp: table. `bad`: Postfix refuses the rule and goes on as if it were not there. */
export type Replacement =
  | { readonly kind: "text"; readonly text: string }
  /** Needs the groups of the match: numbers, from 1, stand between texts. */
  | { readonly kind: "template"; readonly parts: readonly (string | number)[] }
  | { readonly kind: "bad" };

/**
 * Reads `$1`, `${1}`, `$(1)` and `$$` (pcre_table(5) and regexp_table(5), "TEXT SUBSTITUTION"); any other `$` is refused. A number
 * beyond the pattern's groups is seen only with the pattern: `fillReplacement`.
 */
export function parseReplacement(text: string): Replacement {
  if (!text.includes("$")) return { kind: "text", text };
  const parts: (string | number)[] = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    if (text[at] !== "$") {
      plain += text[at] ?? "";
      at += 1;
      continue;
    }
    const next = text[at + 1] ?? "";
    if (next === "$") {
      plain += "$";
      at += 2;
      continue;
    }
    const closing = next === "{" ? "}" : next === "(" ? ")" : "";
    const from = closing === "" ? at + 1 : at + 2;
    const to = closing === "" ? nameEnd(text, from) : text.indexOf(closing, from);
    const number = to === -1 ? 0 : groupNumber(text.slice(from, to));
    if (number === 0) return { kind: "bad" };
    parts.push(plain, number);
    plain = "";
    at = closing === "" ? to : to + 1;
  }
  if (parts.length === 0) return { kind: "text", text: plain };
  parts.push(plain);
  return { kind: "template", parts };
}

/** Null if a number has no group: Postfix refuses such a rule. A group that took no part is empty. */
export function fillReplacement(
  parts: readonly (string | number)[],
  groups: readonly (string | null)[],
): string | null {
  let filled = "";
  for (const part of parts) {
    if (typeof part === "string") {
      filled += part;
      continue;
    }
    const group = groups[part - 1];
    if (group === undefined) return null;
    filled += group ?? "";
  }
  return filled;
}

function nameEnd(text: string, from: number): number {
  let at = from;
  while (isAlnumCode(text.charCodeAt(at)) || text[at] === "_") at += 1;
  return at;
}

/** 0 for what is no number of a group. */
function groupNumber(name: string): number {
  if (name === "" || name.length > 3) return 0;
  for (let at = 0; at < name.length; at += 1) if (!isDigitCode(name.charCodeAt(at))) return 0;
  return Number(name);
}
