import { allocate } from "./allocate";
import { beginBest, worth } from "./best";
import { isSame, NOWHERE, nextBlank, nextByte } from "./bytes";
import { candidateCount, dropWorse, holdsCandidate, nextCandidate, setCandidates, takeBest } from "./candidates";
import { closedEnd } from "./closed-fields";
import { beginFound, found } from "./found";
import { addKeyless, createView, KeyView, scanKeys } from "./keys";
import { tryTemplate } from "./one-template";
import { enterField, setPaths } from "./path";
import {
  BEHIND_END,
  CHILD_COUNT,
  CHILDREN,
  CLOSED,
  CLOSED_AT,
  ENDINGS,
  ENDS,
  ENDS_AT,
  FIRST_END,
  LABEL_END,
  LABEL_START,
  LANDING_END,
  LANDING_SIZE,
  LANDINGS,
  LANDINGS_AT,
  LITERAL_END,
  LITERAL_START,
  labelAt,
  MOST_CHILDREN,
  OPEN,
  OPEN_AT,
  PLACE,
  recordAt,
  TAIL,
  TAIL_END,
  VALUE,
  WORD,
} from "./tables";
import { tailStart } from "./tails";

let longest: usize = 0;

let root: i32 = 0;
let first: usize = 0;
let last: usize = 0;
let entryOnly: bool = false;

/** @param longestMessage bytes of a message that are looked at @param triedAlone how many templates may be tried one by one */
export function setMatcher(rootAt: i32, depth: i32, longestMessage: usize, triedAlone: i32): void {
  root = rootAt;
  few = triedAlone;
  longest = longestMessage;
  setCandidates();
  setPaths(depth);
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
  const made = createView(entryOnly);
  store<usize>(place, made);
  return made;
}

/** matcher.ts says what is found and why it is linear. */
export function match(start: usize, end: usize, row: Row, sought: bool): void {
  first = start;
  last = min(end, start + longest);
  entryOnly = sought;
  beginBest(row, entryOnly);
  beginFound(entryOnly);
  const view = viewOf(row);
  scanKeys(view, first, last);
  tryCandidates();
  if (!addKeyless(view)) return;
  tryCandidates();
}

/** So few templates are sooner tried one by one than found in the tree. */
let few: i32 = 0;

function tryCandidates(): void {
  if (candidateCount() > few) walk(root, first, 0);
  else for (let end = takeBest(); end != 0; end = takeBest()) tryTemplate(end, first, last);
}

/** Something ends where the line does. */
function accept(owner: usize, depth: usize): void {
  const count = load<i32>(owner, ENDS);
  let list = recordAt(load<i32>(owner, ENDS_AT));
  for (let index = 0; index < count; index += 1, list += 4) {
    const end = recordAt(load<i32>(list));
    if (!worth(end)) continue;
    found(end, depth);
    dropWorse();
  }
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
  while (holdsCandidate(node)) {
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
  if (!holdsCandidate(place)) return;
  if (at == last) accept(place, depth);
  const closed = load<i32>(place, CLOSED);
  let step = recordAt(load<i32>(place, CLOSED_AT));
  for (let index = 0; index < closed; index += 1, step += 8) {
    const next = load<i32>(step, 4);
    if (!holdsCandidate(recordAt(next))) continue;
    const end = closedEnd(load<i32>(step), at, last);
    if (end == NOWHERE) continue;
    enterField(depth, at, end);
    walk(next, end, depth + 1);
  }
  const open = load<i32>(place, OPEN);
  let list = recordAt(load<i32>(place, OPEN_AT));
  for (let index = 0; index < open; index += 1, list += 4) {
    const search = recordAt(load<i32>(list));
    if (holdsCandidate(search)) seek(search, at, depth);
  }
}

function seek(search: usize, from: usize, depth: usize): void {
  const limit = load<i32>(search, WORD) == 1 ? nextBlank(from, last) : last;
  const firstEnd = load<i32>(search, FIRST_END);
  const tailEnd = load<i32>(search, TAIL_END);
  const landingEnd = load<i32>(search, LANDING_END);
  const behind = load<i32>(search, BEHIND_END);
  if (nextCandidate(firstEnd, tailEnd) != -1) {
    const endings = load<i32>(search, ENDINGS);
    if (endings != 0) matchEnding(endings, from, limit, depth);
    if (limit == last && load<i32>(search, ENDS) > 0) {
      enterField(depth, from, last);
      accept(search, depth + 1);
    }
  }
  if (nextCandidate(tailEnd, landingEnd) != -1) followTail(load<i32>(search, TAIL), from, limit, depth);
  for (let next = nextCandidate(landingEnd, behind); next != -1; ) {
    const landing = landingOf(search, next);
    land(landing, from, limit, depth);
    next = nextCandidate(load<i32>(landing, BEHIND_END), behind);
  }
}

/** The longest literals that the line ends with, read backwards from its end. */
function matchEnding(start: i32, from: usize, limit: usize, depth: usize): void {
  let node = recordAt(start);
  let at = last;
  while (holdsCandidate(node)) {
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
  const end = tailStart(from, limit, last);
  if (end == NOWHERE) return;
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
    if (load<i32>(landings + middle * LANDING_SIZE, BEHIND_END) <= end) low = middle + 1;
    else high = middle;
  }
  return landings + low * LANDING_SIZE;
}

/** Go on behind the leftmost occurrence of a landing's literal. */
function land(landing: usize, from: usize, limit: usize, depth: usize): void {
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
