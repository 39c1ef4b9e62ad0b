import { isSpaceCode, lowerAscii, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import { ownCopy } from "../../text/own-copy.ts";
import { span } from "../../text/span.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { type LineTree, logicalLineIn, parseLogicalLines } from "../lines/logical-lines.ts";
import { type EntryPlace, type EntrySource, type IndexedEntry, PlacedEntry } from "./indexed-entry.ts";
import type { Table, TableProblem, TableProblemKind } from "./table-tree.ts";

export type { IndexedEntry } from "./indexed-entry.ts";
export type IndexedTable = Table<IndexedEntry>;

const HASH = 35;

/** What must be remembered so that a table can be read on from its end. */
interface Reading {
  readonly source: EntrySource;
  /** Keys in lower case. */
  readonly seen: Set<string>;
  readonly lineCount: number;
}

/** Only the newest table that was read from a text can be read on: `seen` is its. */
const readings = new WeakMap<IndexedTable, Reading>();

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

/** A logical line: where it stands, and whether it is more than one physical line. */
interface OpenEntry extends EntryPlace {
  end: number;
  folded: boolean;
}

/**
 * Parse the source of a hash, lmdb, cdb, btree or texthash table (postmap(1)). Entries without a value are listed and reported.
 * `before` is the same table as it was: if lines were only added at its end, only they are read.
 */
export function parseIndexedTable(text: string, before: IndexedTable | null = null): IndexedTable {
  const known = before === null ? undefined : readings.get(before);
  return before !== null && known !== undefined && isContinued(before.text, text)
    ? readOn(text, before, known)
    : readFrom(text, 0, { source: { text }, seen: new Set(), lineCount: 0 }, [], []);
}

/** Whether complete lines follow complete lines, none of which belongs to the last entry before. */
function isContinued(before: string, text: string): boolean {
  if ((before !== "" && !before.endsWith("\n")) || text.length < before.length) return false;
  // `startsWith` compares one code unit after the other, this compares memory, and texts may have 30 MB.
  return !startsIndented(text, before.length) && text.slice(0, before.length) === before;
}

/** Whether the first line from here on that is neither blank nor a remark is indented. */
function startsIndented(text: string, from: number): boolean {
  for (let at = from; at < text.length; ) {
    const feed = text.indexOf("\n", at);
    const end = feed === -1 ? text.length : feed + 1;
    const first = skipSpace(text, at, end);
    if (first < end && text.charCodeAt(first) !== HASH) return first > at;
    at = end;
  }
  return false;
}

function readOn(text: string, before: IndexedTable, known: Reading): IndexedTable {
  readings.delete(before);
  known.source.text = text;
  return readFrom(text, before.text.length, known, before.rules, before.problems);
}

function readFrom(
  text: string,
  from: number,
  { source, seen, lineCount }: Reading,
  rulesBefore: readonly IndexedEntry[],
  problemsBefore: readonly TableProblem[],
): IndexedTable {
  const rules = [...rulesBefore];
  const problems = [...problemsBefore];
  let line = lineCount;
  let open: OpenEntry | null = null;
  for (let at = from; at < text.length; ) {
    const feed = text.indexOf("\n", at);
    const end = feed === -1 ? text.length : feed + 1;
    line += 1;
    const first = skipSpace(text, at, end);
    if (first < end && text.charCodeAt(first) !== HASH) {
      if (open !== null && first > at) {
        open.end = end;
        open.folded = true;
      } else {
        if (open !== null) readEntry(source, open, seen, rules, problems, from > 0);
        open = { start: at, end, line, folded: false };
      }
    }
    at = end;
  }
  if (open !== null) readEntry(source, open, seen, rules, problems, from > 0);
  const table = new ReadTable(text, rules, problems);
  readings.set(table, { source, seen, lineCount: line });
  return table;
}

class ReadTable implements IndexedTable {
  readonly text: string;
  readonly rules: readonly IndexedEntry[];
  readonly problems: readonly TableProblem[];
  #lines: LineTree | null = null;

  constructor(text: string, rules: readonly IndexedEntry[], problems: readonly TableProblem[]) {
    this.text = text;
    this.rules = rules;
    this.problems = problems;
  }

  /** Only features that show the lines themselves ask for them. */
  get lines(): LineTree {
    this.#lines ??= parseLogicalLines(this.text);
    return this.#lines;
  }
}

function readEntry(
  source: EntrySource,
  place: OpenEntry,
  seen: Set<string>,
  rules: IndexedEntry[],
  problems: TableProblem[],
  isAdded: boolean,
): void {
  const { start, line, folded } = place;
  const logical = folded ? logicalLineIn(source.text, start, place.end, line) : null;
  const joined = logical?.joined.text ?? source.text.slice(start, place.end);
  const nul = joined.indexOf("\0");
  const text = joined.slice(0, trimmedEnd(joined, 0, nul === -1 ? joined.length : nul));
  const report = (kind: TableProblemKind, from: number, to: number): void => {
    const at = logical === null ? span(start + from, start + to) : documentSpan(logical.joined, from, to);
    problems.push({ kind, span: at, line });
  };
  if (nul !== -1) report("nul", nul, nul + 1);
  if (isSpaceCode(joined.charCodeAt(0))) {
    report("leading-whitespace", 0, text.length);
    return;
  }
  const { end, quoted } = keyEnd(text);
  if (quoted) {
    report("unbalanced-quote", 0, text.length);
    return;
  }
  if (end === 0) report("missing-key", 0, text.length);
  else if (end === text.length) report("missing-value", 0, text.length);
  if (text.charAt(end - 1) === ":") report("key-ends-with-colon", end - 1, end);
  // What is added line by line must not keep the text as it was at each line; the first keys all keep one text, and to copy a million is slow.
  const key = isAdded ? ownCopy(text.slice(0, end)) : text.slice(0, end);
  const small = lowerAscii(key);
  if (seen.has(small)) report("duplicate-key", 0, end);
  seen.add(small);
  rules.push(new PlacedEntry(source, place, rules.length, key));
}
