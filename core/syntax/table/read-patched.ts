import { countLeading } from "../../collections/count-leading.ts";
import { addTo } from "../../collections/lists-by-key.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { span } from "../../text/span.ts";
import { piecesOf, sliceOf, type TextPatch } from "../../text/text-parts.ts";
import { type EntrySource, PlacedEntry } from "./indexed-entry.ts";
import { type Lines, readEntry, readLines } from "./read-entries.ts";
import type { TableProblem } from "./table-tree.ts";

/** What was read of a head as it is without its patches. */
export interface HeadRead {
  readonly head: string;
  /** Only what has ended: the last entry may go on behind the head. */
  readonly rules: readonly PlacedEntry[];
  readonly problems: readonly TableProblem[];
  readonly last: Lines;
}

/** Rules of one origin that follow each other, and how much further they stand in the whole than where they were read. */
export interface RuleRun {
  readonly rules: readonly PlacedEntry[];
  readonly from: number;
  readonly to: number;
  readonly shift: number;
  readonly lines: number;
}

/** The places of each key, in lower case, among the rules of a head: all keys with their first one, and further ones. */
export interface Occurrences {
  readonly first: ReadonlyMap<string, number>;
  readonly again: ReadonlyMap<string, readonly number[]>;
}

export function occurrencesOf(rules: readonly PlacedEntry[]): Occurrences {
  const first = new Map<string, number>();
  const again = new Map<string, number[]>();
  for (const [index, { key }] of rules.entries()) {
    const folded = lowerAscii(key);
    const others = again.get(folded);
    if (others !== undefined) others.push(index);
    else if (first.has(folded)) again.set(folded, [index]);
    else first.set(folded, index);
  }
  return { first, again };
}

/** A stretch of the head that is read anew with its patches: from the start of an entry to that of another, or to the end of all. */
interface Region {
  readonly from: number;
  /** In the head; null: to the end of the tail. */
  readonly to: number | null;
  readonly firstRule: number;
  readonly endRule: number;
}

/**
 * What a table says whose head was read before it got its patches: only the entries around these and the tail are read. A key that is there twice may have its other
 * place anywhere.
 */
export function readPatched(
  read: HeadRead,
  occurrences: Occurrences,
  {
    patches,
    tail,
    source,
  }: { readonly patches: readonly TextPatch[]; readonly tail: string; readonly source: EntrySource },
): { readonly runs: readonly RuleRun[]; readonly problems: readonly TableProblem[] } {
  const { head, rules } = read;
  const pieces = piecesOf({ head, patches, tail });
  const end = pieces.reduce((length, piece) => length + piece.length, 0);
  const regions = regionsOf(read, patches);
  const runs: RuleRun[] = [];
  const fresh: { readonly entry: PlacedEntry; readonly key: string; readonly duplicate: TableProblem }[] = [];
  const problems: TableProblem[] = [];
  let shift = 0;
  let lines = 0;
  let nextRule = 0;
  for (const region of regions) {
    runs.push({ rules, from: nextRule, to: region.firstRule, shift, lines });
    const own: PlacedEntry[] = [];
    const found: TableProblem[] = [];
    const offset = region.from + shift;
    for (const { start, end: until, text } of patches) {
      if (start >= region.from && (region.to === null || start < region.to)) shift += text.length - (until - start);
    }
    const cut = {
      text: sliceOf(pieces, offset, region.to === null ? end : region.to + shift),
      offset,
      keyOf: (key: string) => key,
      // Each is told as a duplicate: which are, is found out when all keys are known.
      isNew: () => false,
      add(place: ConstructorParameters<typeof PlacedEntry>[1], key: string) {
        const entry = new PlacedEntry(source, place, 0, key);
        const duplicate = found.pop();
        own.push(entry);
        if (duplicate !== undefined) fresh.push({ entry, key: lowerAscii(key), duplicate });
      },
    };
    const before = lineBefore(read, region) + lines;
    const { count, open } = readLines(cut, 0, { count: before, open: null }, found);
    if (open !== null) readEntry(cut, open, found);
    problems.push(...found);
    runs.push({ rules: own, from: 0, to: own.length, shift: 0, lines: 0 });
    lines = count + 1 - (rules[region.endRule]?.line ?? 0);
    nextRule = region.endRule;
  }

  const runOf = (index: number): RuleRun | null =>
    runs.find((run) => run.rules === rules && run.from <= index && index < run.to) ?? null;
  const changed = new Set(fresh.map(({ key }) => key));
  for (const { firstRule, endRule } of regions) {
    for (let index = firstRule; index < endRule; index += 1) changed.add(lowerAscii(rules[index]?.key ?? ""));
  }
  problems.push(...keptProblems(read, regions, runs, changed));
  const places = new Map<string, TableProblem[]>();
  for (const key of changed) {
    const one = occurrences.first.get(key);
    for (const index of one === undefined ? [] : [one, ...(occurrences.again.get(key) ?? [])]) {
      const run = runOf(index);
      const rule = rules[index];
      if (run === null || rule === undefined) continue;
      addTo(places, key, shifted({ kind: "duplicate-key", span: rule.keySpan, line: rule.line }, run));
    }
  }
  for (const { key, duplicate } of fresh) addTo(places, key, duplicate);
  for (const found of places.values()) problems.push(...found.toSorted((a, b) => a.line - b.line).slice(1));
  return { runs, problems: problems.toSorted(byPlace) };
}

/** As they are told where all is read: what is said of one entry ends with its key being there twice. */
function byPlace(a: TableProblem, b: TableProblem): number {
  return a.line - b.line || Number(a.kind === "duplicate-key") - Number(b.kind === "duplicate-key");
}

function regionsOf({ head, rules, last }: HeadRead, patches: readonly TextPatch[]): readonly Region[] {
  const regions: Region[] = [];
  const startOf = (index: number): number => rules[index]?.start ?? head.length;
  for (const { start, end } of patches) {
    // The entry before may go on in the patch.
    const firstRule = Math.max(0, countLeading(rules.length, (index) => startOf(index) < start) - 1);
    const from = startOf(firstRule) < start ? startOf(firstRule) : 0;
    const endRule = countLeading(rules.length, (index) => startOf(index) < end);
    const to = endRule < rules.length ? startOf(endRule) : null;
    const before = regions.at(-1);
    if (before !== undefined && (before.to === null || from <= before.to)) {
      regions[regions.length - 1] = {
        ...before,
        to: before.to === null ? null : to,
        endRule: Math.max(before.endRule, endRule),
      };
    } else regions.push({ from, to, firstRule, endRule });
  }
  if (regions.at(-1)?.to === null) return regions;
  const from = last.open?.start ?? head.length;
  return [...regions, { from, to: null, firstRule: rules.length, endRule: rules.length }];
}

/** The lines of the head above a region. */
function lineBefore({ rules, last }: HeadRead, { from, firstRule }: Region): number {
  const rule = rules[firstRule];
  if (rule !== undefined) return rule.start === from ? rule.line - 1 : 0;
  if (from === 0) return 0;
  return last.open === null ? last.count : last.open.line - 1;
}

/** What was found in the head where nothing is read anew; of keys that changed nothing is known yet. */
function keptProblems(
  { head, rules, problems }: HeadRead,
  regions: readonly Region[],
  runs: readonly RuleRun[],
  changed: ReadonlySet<string>,
): readonly TableProblem[] {
  const kept = runs.filter((run) => run.rules === rules);
  let at = 0;
  return problems.flatMap((problem) => {
    const { start } = problem.span;
    while (at < regions.length && isBehind(regions[at], start)) at += 1;
    const region = regions[at];
    const run = kept[at];
    if (run === undefined || region === undefined || start >= region.from) return [];
    if (problem.kind === "duplicate-key" && changed.has(lowerAscii(keyOf(problem, head, rules)))) return [];
    return [shifted(problem, run)];
  });
}

/** A key in quotes may go on in the next line, without the break. */
function keyOf({ span: { start, end }, line }: TableProblem, head: string, rules: readonly PlacedEntry[]): string {
  const written = head.slice(start, end);
  if (!written.includes("\n")) return written;
  return rules[countLeading(rules.length, (index) => (rules[index]?.line ?? 0) < line)]?.key ?? written;
}

function isBehind(region: Region | undefined, offset: number): boolean {
  return region !== undefined && region.to !== null && region.to <= offset;
}

function shifted({ kind, span: at, line }: TableProblem, { shift, lines }: RuleRun): TableProblem {
  return { kind, span: span(at.start + shift, at.end + shift), line: line + lines };
}
