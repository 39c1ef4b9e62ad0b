import { allocate } from "./allocate";
import { beginBest, setBestEntry, setBestMessage, setHinted, worth } from "./best";
import { isSame, NOWHERE, nextBlank, nextByte, SEMICOLON } from "./bytes";
import { closedEnd } from "./closed-fields";
import { createView, foundAt, foundCount, foundEnd, KeyView, keylessAt, keylessBefore, scanKeys } from "./keys";
import { nameAt } from "./names";
import {
  BEHIND_END,
  CHILD_COUNT,
  CHILDREN,
  CLOSED,
  CLOSED_AT,
  ENDINGS,
  ENDS,
  ENDS_AT,
  endAt,
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
  labelAt,
  MESSAGE_LAYER,
  MOST_CHILDREN,
  OPEN,
  OPEN_AT,
  ORDER,
  PLACE,
  recordAt,
  SCORE,
  TAIL,
  TAIL_END,
  VALUE,
  WORD,
} from "./tables";
import { envelopeStarts } from "./tails";

let longest: usize = 0;

/** Start and end of a field. */
const SPAN: usize = 8;

/** What the places of fields count from. */
let zero: usize = 0;
let root: i32 = 0;
/** By landing: the message it was last tried in. */
let triedIn: usize = 0;
let triedSize: usize = 0;
/** Start and end of each field on the way to the present place. */
let path: usize = 0;
let messagePath: usize = 0;
let entryPath: usize = 0;
let number: i32 = 0;

let first: usize = 0;
let last: usize = 0;
let view: KeyView = 0;
let entryOnly: bool = false;
/** Whether the line's keys have been looked for: not every line needs it. */
let hasKeys: bool = false;
/** Records of the ends found, 0 for none. */
let message: usize = 0;
let entry: usize = 0;
let hinted: bool = false;

/** @param longestMessage bytes of a message that are looked at */
export function setMatcher(rootAt: i32, landings: i32, depth: i32, longestMessage: usize): void {
  root = rootAt;
  longest = longestMessage;
  triedSize = (<usize>landings) << 2;
  triedIn = allocate(triedSize);
  path = allocate(<usize>depth * SPAN);
  messagePath = allocate(<usize>depth * SPAN);
  entryPath = allocate(<usize>depth * SPAN);
}

export function origin(): usize {
  return zero;
}

export function setOrigin(at: usize): void {
  zero = at;
}

/** What is kept for a writer: the sets of writers it is in, one byte each, and behind them its two views, 0 as long as they are not needed. */
export type Row = usize;

const VIEW_BOTH: usize = 0;
const VIEW_ENTRY: usize = 4;

/** Of each set of writers: in `words` numbers each writer's bit. */
let masks: usize = 0;
let words: i32 = 0;
let sets: i32 = 0;
/** Where in a row its views lie. */
let views: usize = 0;

export function setWriters(masksAt: usize, wordsOfMask: i32, setCount: i32): void {
  masks = masksAt;
  words = wordsOfMask;
  sets = setCount;
  views = (<usize>setCount + 3) & ~3;
}

export function createRow(bit: i32): Row {
  const row = allocate(views + 8);
  let mask = masks + ((<usize>(bit >>> 5)) << 2);
  for (let set: usize = 0; set < <usize>sets; set += 1) {
    store<u8>(row + set, <u8>((load<u32>(mask) >>> (bit & 31)) & 1));
    mask += (<usize>words) << 2;
  }
  return row;
}

function viewOf(row: Row): KeyView {
  const place = row + views + (entryOnly ? VIEW_ENTRY : VIEW_BOTH);
  const known = load<usize>(place);
  if (known != 0) return known;
  const made = createView();
  store<usize>(place, made);
  return made;
}

/** matcher.ts says what is found and why it is linear. */
export function match(start: usize, end: usize, row: Row, sought: bool): void {
  first = start;
  last = min(end, start + longest);
  entryOnly = sought;
  beginBest(row, entryOnly);
  view = viewOf(row);
  hasKeys = false;
  message = 0;
  entry = 0;
  hinted = false;
  number += 1;
  if (number == 0) {
    // All numbers are used up: none may be met again.
    memory.fill(triedIn, 0, triedSize);
    number = 1;
  }
  walk(root, start, 0);
}

/** Order of the template found, -1 for none. */
export function messageFound(): i32 {
  return message == 0 ? -1 : load<i32>(message, ORDER);
}

export function entryFound(): i32 {
  return entry == 0 ? -1 : load<i32>(entry, ORDER);
}

export function mayBeExplained(): bool {
  return entry == 0 && hinted;
}

export function messagePositions(): usize {
  return messagePath;
}

export function entryPositions(): usize {
  return entryPath;
}

/** Something ends where the line does. */
function accept(owner: usize, depth: usize): void {
  const count = load<i32>(owner, ENDS);
  let list = recordAt(load<i32>(owner, ENDS_AT));
  for (let index = 0; index < count; index += 1, list += 4) {
    const end = recordAt(load<i32>(list));
    if (!worth(end)) continue;
    if (load<i32>(end, LAYER) != MESSAGE_LAYER) {
      setBestEntry(load<i32>(end, SCORE));
      entry = end;
      keepPath(entryPath, depth);
    } else if (entryOnly) {
      hinted = true;
      setHinted();
    } else {
      setBestMessage(load<i32>(end, SCORE));
      message = end;
      keepPath(messagePath, depth);
    }
  }
}

function keepPath(to: usize, depth: usize): void {
  for (let at: usize = 0; at < depth * SPAN; at += SPAN) store<u64>(to + at, load<u64>(path + at));
}

function enterField(depth: usize, from: usize, to: usize): void {
  store<usize>(path + depth * SPAN, from - zero, 0);
  store<usize>(path + depth * SPAN, to - zero, 4);
}

/** The child of a node that begins with a byte, 0 for none. */
function childAt(node: usize, byte: u8): i32 {
  const count = load<i32>(node, CHILD_COUNT);
  if (count > MOST_CHILDREN) return load<i32>(node + ((<usize>byte) << 2), CHILDREN);
  let pair = node;
  for (let index = 0; index < count; index += 1, pair += 8) {
    if (load<i32>(pair, CHILDREN) == <i32>byte) return load<i32>(pair, CHILDREN + 4);
  }
  return 0;
}

/** The literal that stands at `at` decides where to go on. */
function walk(start: i32, from: usize, depth: usize): void {
  let node = recordAt(start);
  let at = from;
  while (worth(node)) {
    const label = load<i32>(node, LABEL_START);
    const length = <usize>(load<i32>(node, LABEL_END) - label);
    if (at + length > last || !isSame(labelAt(label), at, length)) return;
    at += length;
    const child = at < last ? childAt(node, load<u8>(at)) : 0;
    const place = load<i32>(node, VALUE);
    if (place != 0) {
      // The longer literal first: what it finds makes more of the rest not worth entering.
      if (child != 0) walk(child, at, depth);
      visit(place, at, depth);
      return;
    }
    if (child == 0) return;
    node = recordAt(child);
  }
}

function visit(number: i32, at: usize, depth: usize): void {
  const place = recordAt(number);
  if (!worth(place)) return;
  if (at == last) accept(place, depth);
  const closed = load<i32>(place, CLOSED);
  let step = recordAt(load<i32>(place, CLOSED_AT));
  for (let index = 0; index < closed; index += 1, step += 8) {
    const next = load<i32>(step, 4);
    if (!worth(recordAt(next))) continue;
    const end = closedEnd(load<i32>(step), at, last);
    if (end == NOWHERE) continue;
    enterField(depth, at, end);
    walk(next, end, depth + 1);
  }
  const open = load<i32>(place, OPEN);
  let list = recordAt(load<i32>(place, OPEN_AT));
  for (let index = 0; index < open; index += 1, list += 4) {
    const search = recordAt(load<i32>(list));
    if (worth(search)) seek(search, at, depth);
  }
}

/** The end of a candidate: the ends whose keys were found, then all without a key. */
function candidateEnd(candidate: i32): i32 {
  const found = foundCount();
  return candidate < found ? foundEnd(candidate) : keylessAt(candidate - found);
}

/** The next template below a search that the line's keys do not rule out and that would be better: candidate `from` or later; -1 if there is none. */
function nextCandidate(from: i32, firstEnd: i32, behind: i32): i32 {
  const found = foundCount();
  for (let candidate = from; candidate < found; candidate += 1) {
    const end = foundEnd(candidate);
    if (end >= firstEnd && end < behind && worth(foundAt(candidate))) return candidate;
  }
  const last = found + keylessBefore(behind);
  for (let candidate = max(from, found + keylessBefore(firstEnd)); candidate < last; candidate += 1) {
    if (worth(endAt(keylessAt(candidate - found)))) return candidate;
  }
  return -1;
}

function seek(search: usize, from: usize, depth: usize): void {
  if (!hasKeys) {
    scanKeys(view, first, last);
    hasKeys = true;
  }
  const behind = load<i32>(search, BEHIND_END);
  if (nextCandidate(0, load<i32>(search, FIRST_END), behind) == -1) return;
  const limit = load<i32>(search, WORD) == 1 ? nextBlank(from, last) : last;
  const endings = load<i32>(search, ENDINGS);
  if (endings != 0) matchEnding(endings, from, limit, depth);
  if (limit == last && load<i32>(search, ENDS) > 0) {
    enterField(depth, from, last);
    accept(search, depth + 1);
  }
  const tailEnd = load<i32>(search, TAIL_END);
  const landingEnd = load<i32>(search, LANDING_END);
  for (let one = nextCandidate(0, tailEnd, behind); one != -1; one = nextCandidate(one + 1, tailEnd, behind)) {
    const end = candidateEnd(one);
    if (end < landingEnd) followTail(load<i32>(search, TAIL), from, limit, depth);
    else land(landingOf(search, end), from, limit, depth);
  }
}

/** The longest literals that the line ends with, read backwards from its end. */
function matchEnding(start: i32, from: usize, limit: usize, depth: usize): void {
  let node = recordAt(start);
  let at = last;
  while (worth(node)) {
    let label = labelAt(load<i32>(node, LABEL_START));
    const labelEnd = labelAt(load<i32>(node, LABEL_END));
    if (at - (labelEnd - label) < from) return;
    while (label < labelEnd) {
      at -= 1;
      if (load<u8>(at) != load<u8>(label)) return;
      label += 1;
    }
    const ending = load<i32>(node, VALUE);
    if (ending != 0 && at <= limit) {
      enterField(depth, from, at);
      accept(recordAt(ending), depth + 1);
    }
    const child = at > from ? childAt(node, load<u8>(at - 1)) : 0;
    if (child == 0) return;
    node = recordAt(child);
  }
}

/** Where the tail starts that may stand behind a field, it ends the field; without one the line's end does. */
function followTail(tail: i32, from: usize, limit: usize, depth: usize): void {
  let at = from;
  for (; at <= limit; at += 1) {
    at = nextByte(SEMICOLON, at, min(limit + 1, last));
    if (at <= limit && nameAt(envelopeStarts(), at, last) != 0) break;
  }
  if (at > limit && limit < last) return;
  const end = at > limit ? last : at;
  enterField(depth, from, end);
  visit(tail, end, depth + 1);
}

/** The landing of a search below which an end lies. */
function landingOf(search: usize, end: i32): usize {
  const landings = recordAt(load<i32>(search, LANDINGS_AT));
  let low: usize = 0;
  let high = <usize>(load<i32>(search, LANDINGS) - 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<i32>(landings + middle * LANDING_SIZE, LANDING_BEHIND) <= end) low = middle + 1;
    else high = middle;
  }
  return landings + low * LANDING_SIZE;
}

/** Go on behind the leftmost occurrence of a landing's literal. */
function land(landing: usize, from: usize, limit: usize, depth: usize): void {
  const tried = triedIn + ((<usize>load<i32>(landing, LANDING_NUMBER)) << 2);
  if (load<i32>(tried) == number) return;
  store<i32>(tried, number);
  const literal = labelAt(load<i32>(landing, LITERAL_START));
  const length = labelAt(load<i32>(landing, LITERAL_END)) - literal;
  if (from + length > last) return;
  /** Behind the last place where it can start. */
  const behind = min(limit, last - length) + 1;
  const initial = load<u8>(literal);
  for (let at = nextByte(initial, from, behind); at < behind; at = nextByte(initial, at + 1, behind)) {
    if (!isSame(literal, at, length)) continue;
    enterField(depth, from, at);
    visit(load<i32>(landing, PLACE), at + length, depth + 1);
    return;
  }
}
