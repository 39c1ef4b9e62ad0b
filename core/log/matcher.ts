import { nextBlank, SEMICOLON } from "./ascii.ts";
import { scannerOf } from "./field-scanners.ts";
import { ENVELOPE_STARTS } from "./field-tails.ts";
import { createKeyScanner, createKeyView, type KeyView } from "./matching/keys.ts";
import {
  BEHIND_END,
  CHILD_COUNT,
  CHILDREN,
  CLOSED,
  CLOSED_AT,
  CLOSED_TYPES,
  ENDINGS,
  ENDS,
  ENDS_AT,
  FIRST_END,
  LABEL_END,
  LABEL_START,
  LANDING_BEHIND,
  LANDING_END,
  LANDING_NUMBER,
  LANDING_SIZE,
  LANDINGS,
  LANDINGS_AT,
  LAYER,
  LITERAL_END,
  LITERAL_START,
  type MatcherTables,
  MESSAGE_LAYER,
  MOST_CHILDREN,
  OPEN,
  OPEN_AT,
  ORDER,
  PLACE,
  REACH_ENTRY,
  REACH_HINT,
  REACH_MESSAGE,
  REACH_WRITERS,
  SCORE,
  TAIL,
  TAIL_END,
  VALUE,
  WORD,
} from "./matching/tables.ts";
import { createRowFinder, type Writer, type WriterRow } from "./matching/writers.ts";
import { encodeUtf8 } from "./utf8.ts";

export type { Layer, Template } from "./matching/template-source.ts";
export type { Writer, WriterRow } from "./matching/writers.ts";

/**
 * Bytes of a message that are looked at. Longer ones are matched on their beginning; no program writes a line of that
 * length on purpose.
 */
export const LONGEST_MESSAGE = 65_536;

/**
 * Which layers are wanted. `both`: the best template of each. `entry`: of the message layer no more than whether a line may be one that is
 * explained by its message, which is much faster: few are.
 */
export type Sought = "both" | "entry";

/** What one search has found, until the next one. */
export interface Found {
  /** Place in the list of templates, -1 where none fits. */
  readonly message: number;
  readonly entry: number;
  /** Sought was `entry`, none was found, and the message may be one that is explained: a search for both will tell. */
  readonly mayBeExplained: boolean;
  /** Where each field of the message starts and ends: two numbers a field, in the order of the template. */
  readonly messagePositions: Int32Array;
  readonly entryPositions: Int32Array;
}

/** All templates at once. */
export interface Matcher {
  /** Whose templates are tried on the lines of a writer. Few differ: keep it. */
  rowOf(writer: Writer): WriterRow;
  /**
   * Match the message `bytes[start..end)` of a line of a writer with that row. Makes nothing: the result is the matcher's own. Never throws, whatever the
   * bytes.
   */
  find(bytes: Uint8Array, start: number, end: number, row: WriterRow, sought: Sought): Found;
}

/**
 * A matcher of compiled templates.
 *
 * A match is the whole message: literals stand where they must, each field's end is found by its rule, and nothing is
 * left over. Of all templates that fit, the one with the most literal bytes wins, then the one with the stricter
 * fields, then the earlier; each layer on its own.
 *
 * Linear in the line by construction. The templates form a tree of places: a literal read from a known position, then a
 * field. From a place entered at a position, every step has one outcome: a literal stands there or not; a closed
 * field's scanner gives one end; an open field ends at the leftmost occurrence of each literal that may follow it, or
 * at the line's end. So a place is entered at most once a line, at one position, and nothing is ever tried again from
 * another (no backtracking). A step costs at most one pass over the line, so a line costs at most its length times the
 * longest literal times the places, where all but the line are constants of the templates.
 *
 * That is the bound; these make it cheap. A place is left at its first byte where nothing stands that leads on, and not
 * entered where nothing better than what is found can be below, or nothing for the line's writer. Before an open field is
 * sought, one scan of the line for the keys of all templates (keys.ts) tells which templates it can be an instance of:
 * only their literals are looked for, and mostly there are none.
 *
 * The price is that a field is never stretched: where the first occurrence of the next literal leads nowhere, the
 * template does not fit.
 */
export function createMatcher(tables: MatcherTables): Matcher {
  const { code, labels, root } = tables;
  const scanners = CLOSED_TYPES.map(scannerOf);
  const tailStarts = ENVELOPE_STARTS.map(encodeUtf8);
  /** By landing: the line it was last tried in. */
  const triedIn = new Int32Array(tables.landings);
  /** Start and end of each field on the way to the present place. */
  const path = new Int32Array(tables.depth * 2);
  const messagePath = new Int32Array(path.length);
  const entryPath = new Int32Array(path.length);
  const views: Readonly<Record<Sought, Map<WriterRow, KeyView>>> = { both: new Map(), entry: new Map() };
  const keyScanner = createKeyScanner(tables.keys);
  let keys: KeyView = createKeyView(tables.keys, []);
  let number = 0;
  let line: Uint8Array = new Uint8Array(0);
  let first = 0;
  let last = 0;
  let allowed: WriterRow = new Uint8Array(0);
  let goal: Sought = "both";
  /** Whether the line's keys have been looked for: not every line needs it. */
  let hasKeys = false;
  let bestMessage = -1;
  let bestEntry = -1;
  /** 1 as long as it is not known whether the message may be an explained one, and it matters. */
  let wantsHint = 0;
  let message = 0;
  let entry = 0;
  let hinted = false;

  /** Whether anything better than what is found can lie in a record. */
  function worth(at: number): boolean {
    return (
      ((code[at + REACH_MESSAGE] ?? 0) > bestMessage ||
        (code[at + REACH_ENTRY] ?? 0) > bestEntry ||
        ((code[at + REACH_HINT] ?? 0) & wantsHint) !== 0) &&
      allowed[code[at + REACH_WRITERS] ?? 0] === 1
    );
  }

  function accept(owner: number, depth: number): void {
    const count = code[owner + ENDS] ?? 0;
    const list = code[owner + ENDS_AT] ?? 0;
    for (let index = 0; index < count; index += 1) {
      const end = code[list + index] ?? 0;
      if (!worth(end)) continue;
      if (code[end + LAYER] !== MESSAGE_LAYER) {
        bestEntry = code[end + SCORE] ?? 0;
        entry = end;
        wantsHint = 0;
        for (let at = 0; at < depth * 2; at += 1) entryPath[at] = path[at] ?? 0;
      } else if (goal === "entry") {
        hinted = true;
        wantsHint = 0;
      } else {
        bestMessage = code[end + SCORE] ?? 0;
        message = end;
        for (let at = 0; at < depth * 2; at += 1) messagePath[at] = path[at] ?? 0;
      }
    }
  }

  function enterField(depth: number, from: number, to: number): void {
    path[depth * 2] = from;
    path[depth * 2 + 1] = to;
  }

  /** The child of a node that begins with a byte, 0 for none. */
  function childAt(node: number, byte: number): number {
    const count = code[node + CHILD_COUNT] ?? 0;
    const children = node + CHILDREN;
    if (count > MOST_CHILDREN) return code[children + byte] ?? 0;
    for (let index = 0; index < count; index += 1) {
      if (code[children + index * 2] === byte) return code[children + index * 2 + 1] ?? 0;
    }
    return 0;
  }

  /** The literal that stands at `at` decides where to go on. */
  function walk(start: number, from: number, depth: number): void {
    let node = start;
    let at = from;
    while (worth(node)) {
      const labelEnd = code[node + LABEL_END] ?? 0;
      let label = code[node + LABEL_START] ?? 0;
      if (at + labelEnd - label > last) return;
      while (label < labelEnd) {
        if (line[at] !== labels[label]) return;
        at += 1;
        label += 1;
      }
      const child = at < last ? childAt(node, line[at] ?? 0) : 0;
      const place = code[node + VALUE] ?? 0;
      if (place === 0) {
        if (child === 0) return;
        node = child;
        continue;
      }
      // The longer literal first: what it finds makes more of the rest not worth entering.
      if (child !== 0) walk(child, at, depth);
      visit(place, at, depth);
      return;
    }
  }

  function visit(place: number, at: number, depth: number): void {
    if (!worth(place)) return;
    if (at === last) accept(place, depth);
    const closed = code[place + CLOSED] ?? 0;
    let step = code[place + CLOSED_AT] ?? 0;
    for (let index = 0; index < closed; index += 1, step += 2) {
      const next = code[step + 1] ?? 0;
      if (!worth(next)) continue;
      const end = scanners[code[step] ?? 0]?.(line, at, last) ?? -1;
      if (end === -1) continue;
      enterField(depth, at, end);
      walk(next, end, depth + 1);
    }
    const open = code[place + OPEN] ?? 0;
    const list = code[place + OPEN_AT] ?? 0;
    for (let index = 0; index < open; index += 1) {
      const search = code[list + index] ?? 0;
      if (worth(search)) seek(search, at, depth);
    }
  }

  /** The next template below a search that the line's keys do not rule out and that would be better: candidate `from` or later; -1 if there is none. */
  function nextCandidate(from: number, firstEnd: number, behind: number): number {
    const { members, count } = keyScanner;
    const { always } = keys;
    for (let index = from; index < count + always.length; index += 1) {
      const end = (index < count ? members[index] : always[index - count]) ?? 0;
      if (end >= firstEnd && end < behind && worth(tables.ends[end] ?? 0)) return index;
    }
    return -1;
  }

  function endOf(candidate: number): number {
    const { members, count } = keyScanner;
    return (candidate < count ? members[candidate] : keys.always[candidate - count]) ?? 0;
  }

  function seek(search: number, from: number, depth: number): void {
    if (!hasKeys) {
      keys = viewOf(allowed);
      keyScanner.scan(keys, line, first, last);
      hasKeys = true;
    }
    const behind = code[search + BEHIND_END] ?? 0;
    if (nextCandidate(0, code[search + FIRST_END] ?? 0, behind) === -1) return;
    const limit = code[search + WORD] === 1 ? nextBlank(line, from, last) : last;
    const endings = code[search + ENDINGS] ?? 0;
    if (endings !== 0) matchEnding(endings, from, limit, depth);
    if (limit === last && (code[search + ENDS] ?? 0) > 0) {
      enterField(depth, from, last);
      accept(search, depth + 1);
    }
    const tailEnd = code[search + TAIL_END] ?? 0;
    for (let one = nextCandidate(0, tailEnd, behind); one !== -1; one = nextCandidate(one + 1, tailEnd, behind)) {
      const end = endOf(one);
      if (end < (code[search + LANDING_END] ?? 0)) followTail(code[search + TAIL] ?? 0, from, limit, depth);
      else land(landingOf(search, end), from, limit, depth);
    }
  }

  /** The longest literals that the line ends with, read backwards from its end. */
  function matchEnding(start: number, from: number, limit: number, depth: number): void {
    let node = start;
    let at = last;
    while (worth(node)) {
      const labelEnd = code[node + LABEL_END] ?? 0;
      let label = code[node + LABEL_START] ?? 0;
      if (at - (labelEnd - label) < from) return;
      while (label < labelEnd) {
        if (line[at - 1] !== labels[label]) return;
        at -= 1;
        label += 1;
      }
      const ending = code[node + VALUE] ?? 0;
      if (ending !== 0 && at <= limit) {
        enterField(depth, from, at);
        accept(ending, depth + 1);
      }
      const child = at > from ? childAt(node, line[at - 1] ?? 0) : 0;
      if (child === 0) return;
      node = child;
    }
  }

  /** Where the tail starts that may stand behind a field, it ends the field; without one the line's end does. */
  function followTail(tail: number, from: number, limit: number, depth: number): void {
    let start = -1;
    for (let at = from; at <= limit && start === -1; at += 1) {
      if (line[at] === SEMICOLON && tailStarts.some((text) => standsAt(text, 0, text.length, at))) start = at;
    }
    if (start === -1 && limit < last) return;
    const end = start === -1 ? last : start;
    enterField(depth, from, end);
    visit(tail, end, depth + 1);
  }

  /** The landing of a search below which an end lies. */
  function landingOf(search: number, end: number): number {
    const landings = code[search + LANDINGS_AT] ?? 0;
    let low = 0;
    let high = (code[search + LANDINGS] ?? 0) - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((code[landings + middle * LANDING_SIZE + LANDING_BEHIND] ?? 0) <= end) low = middle + 1;
      else high = middle;
    }
    return landings + low * LANDING_SIZE;
  }

  /** Go on behind the leftmost occurrence of a landing's literal. */
  function land(landing: number, from: number, limit: number, depth: number): void {
    const landingNumber = code[landing + LANDING_NUMBER] ?? 0;
    if (triedIn[landingNumber] === number) return;
    triedIn[landingNumber] = number;
    const start = code[landing + LITERAL_START] ?? 0;
    const end = code[landing + LITERAL_END] ?? 0;
    const initial = labels[start];
    const lastStart = Math.min(limit, last - (end - start));
    for (let at = from; at <= lastStart; at += 1) {
      if (line[at] !== initial || !standsAt(labels, start, end, at)) continue;
      enterField(depth, from, at);
      visit(code[landing + PLACE] ?? 0, at + end - start, depth + 1);
      return;
    }
  }

  function standsAt(text: Uint8Array, start: number, end: number, at: number): boolean {
    if (at + end - start > last) return false;
    for (let index = start; index < end; index += 1) if (line[at + index - start] !== text[index]) return false;
    return true;
  }

  /** The keys of the templates that lead anywhere on the lines of a writer, as long as nothing is found. */
  function viewOf(row: WriterRow): KeyView {
    const known = views[goal].get(row);
    if (known !== undefined) return known;
    const members = [...tables.ends.keys()].filter((member) => {
      const end = tables.ends[member] ?? 0;
      if (row[code[end + REACH_WRITERS] ?? 0] !== 1) return false;
      return goal === "both" || (code[end + REACH_ENTRY] ?? 0) > -1 || code[end + REACH_HINT] === 1;
    });
    const view = createKeyView(tables.keys, members);
    views[goal].set(row, view);
    return view;
  }

  const found = {
    message: -1,
    entry: -1,
    mayBeExplained: false,
    messagePositions: messagePath,
    entryPositions: entryPath,
  };

  return {
    rowOf: createRowFinder(tables.writers),
    find(bytes, start, end, row, sought) {
      line = bytes;
      first = start;
      last = Math.min(end, start + LONGEST_MESSAGE);
      allowed = row;
      goal = sought;
      hasKeys = false;
      bestMessage = sought === "entry" ? Number.MAX_SAFE_INTEGER : -1;
      bestEntry = -1;
      wantsHint = sought === "entry" ? 1 : 0;
      message = 0;
      entry = 0;
      hinted = false;
      number += 1;
      if (number > 0x7fff_fffe) {
        triedIn.fill(0);
        number = 1;
      }
      walk(root, start, 0);
      found.message = message === 0 ? -1 : (code[message + ORDER] ?? -1);
      found.entry = entry === 0 ? -1 : (code[entry + ORDER] ?? -1);
      found.mayBeExplained = entry === 0 && hinted;
      return found;
    },
  };
}
