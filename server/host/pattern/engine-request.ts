import type { PatternTableType } from "@postmaster/core/syntax/table/parse-pattern-table.ts";
import type { EngineRequest } from "./messages.ts";
import { isSharedSyntax } from "./posix-syntax.ts";

/** Beyond these, the engine's stack is at stake and no real table is meant. In characters. */
const LONGEST_PATTERN = 8000;
const LONGEST_SUBJECT = 4000;

/**
 * A table's pattern as a question for PCRE2, or null if its answer could differ from Postfix's. Flags toggle defaults (pcre_table(5),
 * regexp_table(5)). Only ASCII: whether other characters are bytes or letters depends on Postfix's build and settings.
 */
export function engineRequest(
  type: PatternTableType,
  pattern: string,
  flags: string,
  subject: string,
): EngineRequest | null {
  if (pattern.length > LONGEST_PATTERN || subject.length > LONGEST_SUBJECT) return null;
  if (!isPrintableAscii(pattern) || !isPrintableAscii(subject)) return null;
  return type === "regexp" ? regexpRequest(pattern, flags, subject) : pcreRequest(pattern, flags, subject);
}

/** A pcre: pattern as a question whether it compiles, or null if the answer could differ. Flags that only say where it matches are left out. */
export function compileRequest(pattern: string, flags: string): EngineRequest | null {
  if (pattern.length > LONGEST_PATTERN || !isPrintableAscii(pattern)) return null;
  const kept = flags.replaceAll("A", "").replaceAll("U", "");
  const request = pcreRequest(pattern, kept, "");
  return request === null ? null : { ...request, subject: null };
}

function pcreRequest(pattern: string, flags: string, subject: string): EngineRequest | null {
  // Code points above a byte mean something in UTF mode only.
  if (pattern.includes("\\x{") || pattern.includes("\\N{") || pattern.includes("\\o{")) return null;
  const on = toggled(flags, new Set(["i", "s"]));
  if (on === null) return null;
  // E (dollar matches at the very end only) and X make no difference: the subject holds no line break.
  let text = pattern;
  if (on.has("A") || on.has("U")) {
    if (pattern.startsWith("(*")) return null;
    const closing = on.has("x") ? "\n)" : ")";
    text = `${on.has("U") ? "(?U)" : ""}${on.has("A") ? `\\A(?:${pattern}${closing}` : pattern}`;
  }
  return { pattern: text, flags: [...on].filter((flag) => "msix".includes(flag)).join(""), subject };
}

function regexpRequest(pattern: string, flags: string, subject: string): EngineRequest | null {
  const on = toggled(flags, new Set(["i", "x"]));
  // Without `x` it is a basic regular expression, which is another language.
  if (on === null || !on.has("x") || !isSharedSyntax(pattern)) return null;
  return { pattern, flags: on.has("i") ? "is" : "s", subject };
}

function toggled(flags: string, defaults: ReadonlySet<string>): ReadonlySet<string> | null {
  const on = new Set(defaults);
  for (const flag of flags) {
    if (!"imsxAEUX".includes(flag)) return null;
    if (!on.delete(flag)) on.add(flag);
  }
  return on;
}

function isPrintableAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 9 && (code < 32 || code > 126)) return false;
  }
  return true;
}
