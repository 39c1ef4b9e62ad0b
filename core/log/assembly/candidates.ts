import { allocate } from "./allocate";
import { worth } from "./best";
import { BEHIND_END, ENTRY, endAt, endCount, FIRST_END, MESSAGE } from "./tables";

/**
 * The templates that the message being matched may be an instance of and that would be better than what is found: their places in the order of the tree,
 * ascending. Parts of the tree that hold none need not be entered.
 */
let list: usize = 0;
let count: i32 = 0;

/** To be called when the tables are set. */
export function setCandidates(): void {
  list = allocate((<usize>endCount() + 1) << 2);
}

export function beginCandidates(): void {
  count = 0;
}

export function candidateCount(): i32 {
  return count;
}

/** Leave out the candidate that says most of those that are still worth finding. @returns its record, 0 for none */
export function takeBest(): usize {
  let best: usize = 0;
  let bestScore = -1;
  let bestPlace: usize = 0;
  for (let place: usize = 0; place < <usize>count; place += 1) {
    const end = endAt(load<i32>(list + (place << 2)));
    const score = max(load<i32>(end, MESSAGE), load<i32>(end, ENTRY));
    if (score <= bestScore || !worth(end)) continue;
    best = end;
    bestScore = score;
    bestPlace = place;
  }
  if (best == 0) return 0;
  count -= 1;
  const behind = list + ((<usize>count) << 2);
  for (let at = list + (bestPlace << 2); at < behind; at += 4) store<i32>(at, load<i32>(at, 4));
  return best;
}

/** Add an end, unless it is there already or would not count. */
export function addCandidate(member: i32): void {
  if (!worth(endAt(member))) return;
  const place = placeOf(member);
  const at = list + ((<usize>place) << 2);
  if (place < count && load<i32>(at) == member) return;
  // Mostly it is the last, and they are few: to call the system's own copying costs more.
  for (let next = list + ((<usize>count) << 2); next > at; next -= 4) store<i32>(next, load<i32>(next - 4));
  store<i32>(at, member);
  count += 1;
}

/** How many lists are so short that looking at all is faster than halving. */
const SHORT: i32 = 8;

/** How many candidates stand before a member. */
function placeOf(member: i32): i32 {
  let low = 0;
  let high = count;
  while (high - low > SHORT) {
    const middle = (low + high) >>> 1;
    if (load<i32>(list + ((<usize>middle) << 2)) < member) low = middle + 1;
    else high = middle;
  }
  while (low < high && load<i32>(list + ((<usize>low) << 2)) < member) low += 1;
  return low;
}

/** The first candidate from a member on and before another, -1 for none. */
export function nextCandidate(from: i32, behind: i32): i32 {
  const place = placeOf(from);
  if (place >= count) return -1;
  const member = load<i32>(list + ((<usize>place) << 2));
  return member < behind ? member : -1;
}

/** Whether any lies below a record of the tree. */
export function holdsCandidate(record: usize): bool {
  return nextCandidate(load<i32>(record, FIRST_END), load<i32>(record, BEHIND_END)) != -1;
}

/** Something was found: leave those that would not be better. */
export function dropWorse(): void {
  let kept = 0;
  for (let place = 0; place < count; place += 1) {
    const member = load<i32>(list + ((<usize>place) << 2));
    if (!worth(endAt(member))) continue;
    store<i32>(list + ((<usize>kept) << 2), member);
    kept += 1;
  }
  count = kept;
}
