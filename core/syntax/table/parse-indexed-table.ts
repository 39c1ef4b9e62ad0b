import { isSpaceCode, lowerAscii, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import { ownCopy } from "../../text/own-copy.ts";
import { span } from "../../text/span.ts";
import { cutTail, type TextParts } from "../../text/text-parts.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { type LineTree, logicalLineIn, parseLogicalLines } from "../lines/logical-lines.ts";
import { type EntryPlace, type EntrySource, type IndexedEntry, PlacedEntry } from "./indexed-entry.ts";
import type { Table, TableProblem, TableProblemKind } from "./table-tree.ts";

export type { IndexedEntry } from "./indexed-entry.ts";
export type IndexedTable = Table<IndexedEntry>;

const HASH = 35;

/** What was read of a table's head, and can be read on. */
interface Reading {
  head: string;
  readonly source: EntrySource;
  /** Keys in lower case. */
  readonly seen: Set<string>;
  /** Only what has ended: the last entry may go on behind the head. */
  readonly rules: IndexedEntry[];
  readonly problems: TableProblem[];
  last: Lines;
}

interface Lines {
  readonly count: number;
  /** The entry that the last of them belongs to. */
  readonly open: OpenEntry | null;
}

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
  readonly folded: boolean;
}

/**
 * Parse the source of a hash, lmdb, cdb, btree or texthash table (postmap(1)). Entries without a value are listed and reported.
 * @param before the same table as it was: if its head is the beginning of this one's, that is not read again
 */
export function parseIndexedTable(
  text: string,
  before: IndexedTable | null = null,
  { head, tail }: TextParts = cutTail(text),
): IndexedTable {
  const known = before === null ? undefined : readings.get(before);
  const reading = known !== undefined && isContinued(known.head, head) ? known : beginReading();
  readHead(reading, head);
  const table = readTail(reading, text, tail);
  readings.set(table, reading);
  return table;
}

function beginReading(): Reading {
  return { head: "", source: { text: "" }, seen: new Set(), rules: [], problems: [], last: { count: 0, open: null } };
}

function isContinued(before: string, head: string): boolean {
  // One and the same string, most of the time. `startsWith` compares one code unit after the other, this compares memory, and texts may have 30 MB.
  return before === head || (head.length > before.length && head.slice(0, before.length) === before);
}

function readHead(reading: Reading, head: string): void {
  const { source, seen, rules, problems, head: before } = reading;
  reading.head = head;
  source.text = head;
  if (head.length === before.length) return;
  // What is added bit by bit must not keep the text as it was each time; the first keys all keep one text, and to copy a million is slow.
  const isBit = head.length - before.length < before.length;
  const cut: Cut = {
    text: head,
    offset: 0,
    keyOf: isBit ? ownCopy : (key) => key,
    isNew: (key) => isAdded(seen, key),
    add(place, key) {
      rules.push(new PlacedEntry(source, place, rules.length, key));
    },
  };
  reading.last = readLines(cut, before.length, reading.last, problems);
}

function readTail({ head, seen, rules, problems, last }: Reading, text: string, tail: string): IndexedTable {
  const offset = last.open?.start ?? head.length;
  const source = { text };
  const own = new Set<string>();
  const more: IndexedEntry[] = [];
  const moreProblems: TableProblem[] = [];
  const cut: Cut = {
    text: head.slice(offset) + tail,
    offset,
    keyOf: (key) => key,
    isNew: (key) => !seen.has(key) && isAdded(own, key),
    add(place, key) {
      more.push(new PlacedEntry(source, place, rules.length + more.length, key));
    },
  };
  const { open } = readLines(cut, head.length - offset, last, moreProblems);
  if (open !== null) readEntry(cut, open, moreProblems);
  return new ReadTable(text, { all: rules, count: rules.length, more }, [...problems, ...moreProblems]);
}

/** To look a key up and then to add it would be twice the work. */
function isAdded(keys: Set<string>, key: string): boolean {
  const { size } = keys;
  return keys.add(key).size > size;
}

/** The lines of a cut from one on, `last` those above. Entries are read once they have ended. */
function readLines(cut: Cut, from: number, last: Lines, problems: TableProblem[]): Lines {
  const { text, offset } = cut;
  let line = last.count;
  let open: { readonly start: number; end: number; readonly line: number; folded: boolean } | null =
    last.open === null ? null : { ...last.open };
  for (let at = from; at < text.length; ) {
    const feed = text.indexOf("\n", at);
    const end = feed === -1 ? text.length : feed + 1;
    line += 1;
    const first = skipSpace(text, at, end);
    if (first < end && text.charCodeAt(first) !== HASH) {
      if (open !== null && first > at) {
        open.end = end + offset;
        open.folded = true;
      } else {
        if (open !== null) readEntry(cut, open, problems);
        open = { start: at + offset, end: end + offset, line, folded: false };
      }
    }
    at = end;
  }
  return { count: line, open };
}

/** The rules of a head that others may have read on since, and those of the tail. */
interface Rules {
  readonly all: readonly IndexedEntry[];
  readonly count: number;
  readonly more: readonly IndexedEntry[];
}

class ReadTable implements IndexedTable {
  readonly text: string;
  readonly problems: readonly TableProblem[];
  readonly #parts: Rules;
  #rules: readonly IndexedEntry[] | null = null;
  #lines: LineTree | null = null;

  constructor(text: string, rules: Rules, problems: readonly TableProblem[]) {
    this.text = text;
    this.problems = problems;
    this.#parts = rules;
  }

  /** Put together for who asks: of a million, most keystrokes need none. */
  get rules(): readonly IndexedEntry[] {
    const { all, count, more } = this.#parts;
    this.#rules ??= count === 0 ? more : all.slice(0, count).concat(more);
    return this.#rules;
  }

  /** Only features that show the lines themselves ask for them. */
  get lines(): LineTree {
    this.#lines ??= parseLogicalLines(this.text);
    return this.#lines;
  }
}

/** A piece of the document that entries are read from, and which keys there were before. */
interface Cut {
  readonly text: string;
  /** Where it begins in the document. */
  readonly offset: number;
  readonly keyOf: (key: string) => string;
  /** Whether a key, in lower case, is there for the first time; asked once for each. */
  readonly isNew: (key: string) => boolean;
  readonly add: (place: EntryPlace, key: string) => void;
}

function readEntry(cut: Cut, place: OpenEntry, problems: TableProblem[]): void {
  const { start: from, end: to, line, folded } = place;
  const { offset } = cut;
  const start = from - offset;
  const logical = folded ? logicalLineIn(cut.text, start, to - offset, line) : null;
  const joined = logical?.joined.text ?? cut.text.slice(start, to - offset);
  const nul = joined.indexOf("\0");
  const text = joined.slice(0, trimmedEnd(joined, 0, nul === -1 ? joined.length : nul));
  const report = (kind: TableProblemKind, first: number, last: number): void => {
    const at = logical === null ? span(start + first, start + last) : documentSpan(logical.joined, first, last);
    problems.push({ kind, span: span(at.start + offset, at.end + offset), line });
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
  const key = cut.keyOf(text.slice(0, end));
  if (!cut.isNew(lowerAscii(key))) report("duplicate-key", 0, end);
  cut.add(place, key);
}
