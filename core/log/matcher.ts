import { nextBlank } from "./ascii.ts";
import type { TemplateMatch } from "./log-line.ts";
import { childAt, type TrieNode } from "./matching/byte-trie.ts";
import { compileTemplates, type End, type Ending, type Place, type Search } from "./matching/compile.ts";
import { fieldSpans } from "./matching/field-spans.ts";
import { firstFrom } from "./matching/literal-scanner.ts";
import type { Reach, Writer } from "./matching/reach.ts";
import type { Template } from "./matching/template-source.ts";
import type { FieldSegment } from "./template.ts";

export type { Writer } from "./matching/reach.ts";
export type { Layer, Template } from "./matching/template-source.ts";

/**
 * Bytes of a message that are looked at. Longer ones are matched on their beginning; no program writes a line of that
 * length on purpose.
 */
export const LONGEST_MESSAGE = 65_536;

/** The best template of each layer, null where none fits. */
export interface Matches {
  readonly message: TemplateMatch | null;
  readonly entry: TemplateMatch | null;
}

/** One byte for each set of writers: 1 if the writer is in it. */
export type WriterRow = Uint8Array;

/** Which layers are wanted. */
export type Sought = "both" | "entry";

/** What one search has found, until the next one. */
export interface Found {
  /** Place in the list of templates, -1 where none fits. */
  readonly message: number;
  readonly entry: number;
  /** Where each field of the message starts and ends: two numbers a field, in the order of the template. */
  readonly messagePositions: Int32Array;
  readonly entryPositions: Int32Array;
}

/** All templates at once. */
export interface Matcher {
  /** The fields of each template, in the order of the templates. */
  fieldsOf(template: number): readonly FieldSegment[];
  /** For `find`: whose templates are tried on the lines of a writer. Few differ: keep it. */
  rowOf(writer: Writer): WriterRow;
  /** As `match`, making nothing: the result is the matcher's own, good until the next search. */
  find(bytes: Uint8Array, start: number, end: number, row: WriterRow, sought: Sought): Found;
  /**
   * Match the message `bytes[start..end)` of a line that `writer` wrote. Spans in the result count from `origin`. With
   * `sought` "entry" the message layer is left out, which is much faster: few lines have an entry. Never throws,
   * whatever the bytes.
   */
  match(bytes: Uint8Array, start: number, end: number, writer: Writer, origin: number, sought: Sought): Matches;
}

/**
 * Compile templates into one matcher.
 *
 * A match is the whole message: literals stand where they must, each field's end is found by its rule, and nothing is
 * left over. Of all templates that fit, the one with the most literal bytes wins, then the one with the stricter
 * fields, then the earlier; each layer on its own.
 *
 * Linear in the line by construction. The templates form a tree of places: a literal read from a known position, then a
 * field. From a place entered at a position, every step has one outcome: a literal stands there or not; a closed
 * field's scanner gives one end; an open field ends at the leftmost occurrence of each literal that may follow it, or
 * at the line's end. So a place is entered at most once a line, at one position, and nothing is ever tried again from
 * another (no backtracking). Where the literals stand is found in one scan of the line for all of them, which reads at
 * most the longest literal at each byte; it gives at most as many occurrences a byte as literals are beginnings of one
 * another. A place then costs at most one pass over the line (a closed field, the end of a word) and one over the
 * occurrences. Hence cost ≤ line × (longest literal + places × (1 + nested literals)), where all but the line are
 * constants of the templates. In practice nearly all places are left at their first byte, or not entered because
 * nothing better can be below.
 *
 * The price is that a field is never stretched: where the first occurrence of the next literal leads nowhere, the
 * template does not fit.
 *
 * @throws TemplateError for a template that does not follow the notation.
 */
export function createMatcher(templates: readonly Template[]): Matcher {
  const compiled = compileTemplates(templates);
  const { root, programs } = compiled;
  const foundAt = new Int32Array(compiled.slots);
  /** Start and end of each field on the way to the present place. */
  const path = new Int32Array(compiled.depth * 2);
  const messagePath = new Int32Array(path.length);
  const entryPath = new Int32Array(path.length);
  let generation = 0;
  let line: Uint8Array = new Uint8Array(0);
  let first = 0;
  let last = 0;
  /** For each set of writers, 1 if the line's is in it. */
  let allowed: Uint8Array = new Uint8Array(0);
  const scanner = compiled.literals.createScanner();
  /** Whether the line's literals have been looked for: not every line needs it. */
  let scanned = false;
  let bestMessage = -1;
  let bestEntry = -1;
  let message: End | null = null;
  let entry: End | null = null;

  function worth(reach: Reach): boolean {
    return (reach.message > bestMessage || reach.entry > bestEntry) && allowed[reach.writers] === 1;
  }

  function accept(ends: readonly End[], depth: number): void {
    for (const end of ends) {
      if (!worth(end.reach)) continue;
      if (end.template.layer === "message") {
        bestMessage = end.score;
        message = end;
        for (let index = 0; index < depth * 2; index += 1) messagePath[index] = path[index] ?? 0;
      } else {
        bestEntry = end.score;
        entry = end;
        for (let index = 0; index < depth * 2; index += 1) entryPath[index] = path[index] ?? 0;
      }
    }
  }

  function enterField(depth: number, from: number, to: number): void {
    path[depth * 2] = from;
    path[depth * 2 + 1] = to;
  }

  /** The literal that stands at `at` decides where to go on. */
  function walk(start: TrieNode<Place>, from: number, depth: number): void {
    let node = start;
    let at = from;
    while (worth(node.reach)) {
      const { label, value } = node;
      if (at + label.length > last) return;
      for (let index = 0; index < label.length; index += 1) {
        if (line[at + index] !== label[index]) return;
      }
      at += label.length;
      const child = at < last ? childAt(node, line[at] ?? 0) : null;
      if (value === null) {
        if (child === null) return;
        node = child;
        continue;
      }
      // The longer literal first: what it finds makes more of the rest not worth entering.
      if (child !== null) walk(child, at, depth);
      visit(value, at, depth);
      return;
    }
  }

  function visit(place: Place, at: number, depth: number): void {
    if (!worth(place.reach)) return;
    if (at === last) accept(place.ends, depth);
    for (const { scan, next } of place.closed) {
      if (!worth(next.reach)) continue;
      const end = scan(line, at, last);
      if (end === -1) continue;
      enterField(depth, at, end);
      walk(next, end, depth + 1);
    }
    for (const search of place.open) {
      if (worth(search.reach)) seek(search, at, depth);
    }
  }

  function seek(search: Search, from: number, depth: number): void {
    const limit = search.word ? nextBlank(line, from, last) : last;
    if (search.endings !== null) matchEnding(search.endings, from, limit, depth);
    if (limit === last && search.ends.length > 0) {
      enterField(depth, from, last);
      accept(search.ends, depth + 1);
    }
    if (search.landingCount === 0 || !worth(search.ahead)) return;
    const tailMissing = findLiterals(search, from, limit, depth);
    if (tailMissing !== null && limit === last) {
      enterField(depth, from, last);
      visit(tailMissing, last, depth + 1);
    }
  }

  /** The longest literals that the line ends with, read backwards from its end. */
  function matchEnding(start: TrieNode<Ending>, from: number, limit: number, depth: number): void {
    let node = start;
    let at = last;
    while (worth(node.reach)) {
      const { label, value } = node;
      if (at - label.length < from) return;
      for (let index = 0; index < label.length; index += 1) {
        if (line[at - 1 - index] !== label[index]) return;
      }
      at -= label.length;
      if (value !== null && at <= limit) {
        enterField(depth, from, at);
        accept(value.ends, depth + 1);
      }
      const child = at > from ? childAt(node, line[at - 1] ?? 0) : null;
      if (child === null) return;
      node = child;
    }
  }

  /** Go on behind the leftmost occurrence of every literal. @returns the tail's place if its start was not found */
  function findLiterals(search: Search, from: number, limit: number, depth: number): Place | null {
    if (!scanned) scanner.scan(line, first, last);
    scanned = true;
    const { wanted, landings } = search;
    let { tail, landingCount: missing } = search;
    const { starts, literals, count } = scanner;
    for (let index = firstFrom(scanner, from); index < count; index += 1) {
      const literal = literals[index] ?? 0;
      if (((wanted[literal >>> 5] ?? 0) & (1 << (literal & 31))) === 0) continue;
      const at = starts[index] ?? 0;
      if (at > limit) break;
      const set = landings.get(literal);
      if (set === undefined) continue;
      for (const { slot, place, stay } of set.landings) {
        if (foundAt[slot] === generation) continue;
        foundAt[slot] = generation;
        missing -= 1;
        if (stay) tail = null;
        enterField(depth, from, at);
        visit(place, stay ? at : at + set.length, depth + 1);
      }
      if (missing === 0 || !worth(search.ahead)) break;
    }
    return tail;
  }

  function matchLine(bytes: Uint8Array, start: number, end: number, row: WriterRow, sought: Sought): void {
    line = bytes;
    first = start;
    last = Math.min(end, start + LONGEST_MESSAGE);
    allowed = row;
    scanned = false;
    bestMessage = sought === "entry" ? Number.MAX_SAFE_INTEGER : -1;
    bestEntry = -1;
    message = null;
    entry = null;
    generation += 1;
    if (generation > 0x7fff_fffe) {
      foundAt.fill(0);
      generation = 1;
    }
    walk(root, start, 0);
  }

  function rowOf(writer: Writer): WriterRow {
    return compiled.writers.holding(programs.bitOf(writer));
  }

  const found = { message: -1, entry: -1, messagePositions: messagePath, entryPositions: entryPath };

  return {
    fieldsOf: (template) => compiled.ends[template]?.fields ?? [],
    rowOf,
    find(bytes, start, end, row, sought) {
      matchLine(bytes, start, end, row, sought);
      found.message = message === null ? -1 : message.order;
      found.entry = entry === null ? -1 : entry.order;
      return found;
    },
    match(bytes, start, end, writer, origin, sought) {
      matchLine(bytes, start, end, rowOf(writer), sought);
      return { message: result(message, messagePath, origin), entry: result(entry, entryPath, origin) };
    },
  };

  function result(end: End | null, positions: Int32Array, origin: number): TemplateMatch | null {
    return end === null
      ? null
      : { templateId: end.template.id, fields: fieldSpans(end.fields, positions, line, origin) };
  }
}
