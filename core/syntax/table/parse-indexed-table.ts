import { ownCopy } from "../../text/own-copy.ts";
import { cutTail, type TextParts, type TextPatch } from "../../text/text-parts.ts";
import { type LineTree, parseLogicalLines } from "../lines/logical-lines.ts";
import { type EntrySource, type IndexedEntry, PlacedEntry } from "./indexed-entry.ts";
import { type Cut, type Lines, readEntry, readLines } from "./read-entries.ts";
import { type Occurrences, occurrencesOf, type RuleRun, readPatched } from "./read-patched.ts";
import type { Table, TableProblem } from "./table-tree.ts";

export type { IndexedEntry } from "./indexed-entry.ts";

export interface IndexedTable extends Table<IndexedEntry> {
  /** How many rules there are: of a million, not all are put together to be counted. */
  readonly ruleCount: number;
  /** The first rules, so many at most. The others are not put together for it. */
  firstRules(most: number): readonly IndexedEntry[];
}

/** What was read of a table's head, and can be read on. */
interface Reading {
  head: string;
  readonly source: EntrySource;
  /** Keys in lower case. */
  readonly seen: Set<string>;
  /** Only what has ended: the last entry may go on behind the head. */
  readonly rules: PlacedEntry[];
  readonly problems: TableProblem[];
  last: Lines;
  /** Of how many rules, and what was found out of them. */
  occurrences: { readonly count: number; readonly known: Occurrences } | null;
}

const readings = new WeakMap<IndexedTable, Reading>();

/**
 * Parse the source of a hash, lmdb, cdb, btree or texthash table (postmap(1)). Entries without a value are listed and reported.
 * @param before the same table as it was: if its head is the beginning of this one's, that is not read again
 */
export function parseIndexedTable(
  text: string,
  before: IndexedTable | null = null,
  { head, patches = [], tail }: TextParts = cutTail(text),
): IndexedTable {
  const known = before === null ? undefined : readings.get(before);
  const reading = known !== undefined && isContinued(known.head, head) ? known : beginReading();
  readHead(reading, head);
  const table = patches.length === 0 ? readTail(reading, text, tail) : readAgain(reading, text, patches, tail);
  readings.set(table, reading);
  return table;
}

function beginReading(): Reading {
  return {
    head: "",
    source: { text: "" },
    seen: new Set(),
    rules: [],
    problems: [],
    last: { count: 0, open: null },
    occurrences: null,
  };
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
  const more: PlacedEntry[] = [];
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
  const runs = [
    { rules, from: 0, to: rules.length, shift: 0, lines: 0 },
    { rules: more, from: 0, to: more.length, shift: 0, lines: 0 },
  ];
  return new ReadTable(source, runs, [...problems, ...moreProblems]);
}

function readAgain(reading: Reading, text: string, patches: readonly TextPatch[], tail: string): IndexedTable {
  const { rules } = reading;
  if (reading.occurrences?.count !== rules.length) {
    reading.occurrences = { count: rules.length, known: occurrencesOf(rules) };
  }
  const source = { text };
  const { runs, problems } = readPatched(reading, reading.occurrences.known, { patches, tail, source });
  return new ReadTable(source, runs, problems);
}

/** To look a key up and then to add it would be twice the work. */
function isAdded(keys: Set<string>, key: string): boolean {
  const { size } = keys;
  return keys.add(key).size > size;
}

class ReadTable implements IndexedTable {
  readonly text: string;
  readonly problems: readonly TableProblem[];
  readonly ruleCount: number;
  readonly #source: EntrySource;
  /** Of a head others may have read on since: a run says how many are its own. */
  readonly #runs: readonly RuleRun[];
  #rules: readonly IndexedEntry[] | null = null;
  #lines: LineTree | null = null;

  constructor(source: EntrySource, runs: readonly RuleRun[], problems: readonly TableProblem[]) {
    this.text = source.text;
    this.problems = problems;
    this.ruleCount = runs.reduce((count, { from, to }) => count + to - from, 0);
    this.#source = source;
    this.#runs = runs;
  }

  /** Put together for who asks: of a million, most keystrokes need none. */
  get rules(): readonly IndexedEntry[] {
    this.#rules ??= this.#together();
    return this.#rules;
  }

  firstRules(most: number): readonly IndexedEntry[] {
    return this.#rules?.slice(0, most) ?? this.#together(most);
  }

  #together(most: number = Number.POSITIVE_INFINITY): readonly IndexedEntry[] {
    let all: IndexedEntry[] = [];
    for (const run of this.#runs) {
      const { rules, from } = run;
      const first = all.length;
      const to = Math.min(run.to, from + most - first);
      if (to <= from) continue;
      const last = first + to - from - 1;
      const isSame =
        run.shift === 0 && run.lines === 0 && rules[from]?.index === first && rules[to - 1]?.index === last;
      const own = rules.slice(from, to);
      all = all.concat(isSame ? own : own.map((rule, index) => this.#placed(rule, run, first + index)));
    }
    return all;
  }

  #placed({ start, end, line, key }: PlacedEntry, { shift, lines }: RuleRun, index: number): PlacedEntry {
    return new PlacedEntry(this.#source, { start: start + shift, end: end + shift, line: line + lines }, index, key);
  }

  /** Only features that show the lines themselves ask for them. */
  get lines(): LineTree {
    this.#lines ??= parseLogicalLines(this.text);
    return this.#lines;
  }
}
