import { isSpaceCode, lowerAscii, skipSpace } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { type RuleSource, readRules } from "./read-rules.ts";
import type { Table, TableRule } from "./table-tree.ts";

/** `key value` of a postmap(1) source. */
export interface IndexedEntry extends TableRule {
  /** As written (postmap folds case; quotes protect blanks and stay). */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
}
export type IndexedTable = Table<IndexedEntry>;

/** The first unquoted blank; a backslash takes the next code unit with it. */
function keyEnd(text: string): { readonly end: number; readonly quoted: boolean } {
  let quoted = false;
  let at = 0;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 34) quoted = !quoted;
    else if (!quoted && isSpaceCode(code)) break;
  }
  return { end: Math.min(at, text.length), quoted };
}

function parseEntry(source: RuleSource, seen: Set<string>): IndexedEntry | null {
  const { text, line, base, report } = source;
  const { end, quoted } = keyEnd(text);
  if (quoted) {
    report("unbalanced-quote", 0, text.length);
    return null;
  }
  const from = skipSpace(text, end);
  if (end === 0) report("missing-key", 0, text.length);
  else if (from >= text.length) report("missing-value", 0, text.length);
  if (text.charAt(end - 1) === ":") report("key-ends-with-colon", end - 1, end);
  const key = text.slice(0, end);
  const folded = lowerAscii(key);
  if (seen.has(folded)) report("duplicate-key", 0, end);
  seen.add(folded);
  return {
    ...base,
    key,
    keySpan: documentSpan(line.joined, 0, end),
    value: text.slice(from),
    valueSpan: documentSpan(line.joined, Math.min(from, text.length), text.length),
  };
}

/** Parse the source of a hash, lmdb, cdb, btree or texthash table (postmap(1)). Entries without a value are listed and reported. */
export function parseIndexedTable(text: string): IndexedTable {
  const seen = new Set<string>();
  return readRules(text, (source) => parseEntry(source, seen)).table;
}
