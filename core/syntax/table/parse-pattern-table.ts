import { isAlnumCode, isSpaceCode, lowerAscii, skipSpace } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { createIfNesting, type IfNesting } from "./if-nesting.ts";
import { type RuleSource, readRules } from "./read-rules.ts";
import type { Table, TableRule } from "./table-tree.ts";

export type PatternTableType = "pcre" | "regexp";

/** One logical line of a pcre_table(5) or regexp_table(5). */
export interface PatternRule extends TableRule {
  readonly kind: "pattern" | "if" | "endif" | "malformed";
  readonly negated: boolean;
  /** Null for `endif` and malformed lines. */
  readonly delimiter: string | null;
  /** Between the delimiters, as written. */
  readonly pattern: string;
  readonly patternSpan: Span;
  readonly flags: string;
  readonly flagsSpan: Span;
  /** The right-hand side with `$1`, `${1}`, `$$` unexpanded; empty for `if` and `endif`. */
  readonly replacement: string;
  readonly replacementSpan: Span;
  /** Index of the `if` rule this one stands in (an `endif`: the one it closes), null at top level. */
  readonly enclosingIf: number | null;
}
export interface PatternTable extends Table<PatternRule> {
  readonly type: PatternTableType;
}

const FLAGS: Readonly<Record<PatternTableType, string>> = { pcre: "imsxAEUX", regexp: "imx" };
const BACKSLASH = 92;

interface Pattern {
  readonly negated: boolean;
  readonly from: number;
  readonly to: number;
  readonly flagsTo: number;
}

/** `!/pattern/flags` from `at` (dict_pcre_get_pattern()); null after a mistake that makes Postfix skip the rule. */
function readPattern(source: RuleSource, at: number, type: PatternTableType): Pattern | null {
  const { text, report } = source;
  let negated = false;
  let start = at;
  while (text.charAt(start) === "!") {
    negated = !negated;
    start = skipSpace(text, start + 1);
  }
  if (start >= text.length) {
    report("empty-pattern", 0, text.length);
    return null;
  }
  const delimiter = text.charCodeAt(start);
  let to = start + 1;
  while (to < text.length && text.charCodeAt(to) !== delimiter) to += text.charCodeAt(to) === BACKSLASH ? 2 : 1;
  if (to >= text.length) {
    report("no-closing-delimiter", start, text.length);
    return null;
  }
  let flagsTo = to + 1;
  while (flagsTo < text.length && !isSpaceCode(text.charCodeAt(flagsTo))) flagsTo += 1;
  for (let flag = to + 1; flag < flagsTo; flag += 1) {
    if (FLAGS[type].includes(text.charAt(flag))) continue;
    report("unknown-flag", flag, flag + 1);
    return null;
  }
  return { negated, from: start + 1, to, flagsTo };
}

/** Whether the line starts with this word, in any case, and no letter or digit after it. */
export function startsWithWord(text: string, word: string): boolean {
  return lowerAscii(text.slice(0, word.length)) === word && !isAlnumCode(text.charCodeAt(word.length));
}

function parseRule(source: RuleSource, type: PatternTableType, nesting: IfNesting): PatternRule {
  const { text, line, base, report } = source;
  const at = (start: number, end: number): Span => documentSpan(line.joined, start, end);
  const rule = (kind: PatternRule["kind"], found: Pattern | null, from: number): PatternRule => ({
    ...base,
    kind,
    negated: found?.negated ?? false,
    delimiter: found === null ? null : text.charAt(found.from - 1),
    pattern: found === null ? "" : text.slice(found.from, found.to),
    patternSpan: found === null ? at(0, text.length) : at(found.from, found.to),
    flags: found === null ? "" : text.slice(found.to + 1, found.flagsTo),
    flagsSpan: found === null ? at(text.length, text.length) : at(found.to + 1, found.flagsTo),
    replacement: text.slice(from),
    replacementSpan: at(from, text.length),
    enclosingIf: nesting.enclosing(),
  });
  // A line that begins with a NUL is an empty one to Postfix, which says nothing.
  if (text === "") return rule("malformed", null, 0);
  if (startsWithWord(text, "endif")) {
    if (skipSpace(text, 5) < text.length) report("text-after-endif", 5, text.length);
    const closing = rule("endif", null, text.length);
    if (!nesting.close()) report("endif-without-if", 0, text.length);
    return closing;
  }
  if (startsWithWord(text, "if")) {
    const found = readPattern(source, skipSpace(text, 2), type);
    const opening = rule(found === null ? "malformed" : "if", found, text.length);
    if (found === null) return opening;
    const extra = skipSpace(text, found.flagsTo);
    if (extra < text.length) report("text-after-if", extra, text.length);
    nesting.open(opening);
    return opening;
  }
  if (isAlnumCode(text.charCodeAt(0))) {
    report("bad-delimiter", 0, text.length);
    return rule("malformed", null, text.length);
  }
  const found = readPattern(source, 0, type);
  if (found === null) return rule("malformed", null, text.length);
  const from = skipSpace(text, found.flagsTo);
  if (from >= text.length) report("missing-value", 0, text.length);
  return rule("pattern", found, Math.min(from, text.length));
}

/** Parse a pcre or regexp table. What Postfix skips with a warning is a `malformed` rule and a problem. */
export function parsePatternTable(text: string, type: PatternTableType): PatternTable {
  const nesting = createIfNesting();
  const { table, problems } = readRules(text, (source) => parseRule(source, type, nesting));
  nesting.reportUnclosed(problems);
  return { ...table, type };
}
