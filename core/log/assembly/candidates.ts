import { allocate } from "./allocate";
import { worth } from "./best";
import { BEHIND_END, endAt, endCount, FIRST_END } from "./tables";

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

/** @param members some that are candidates from the beginning, ascending */
export function beginCandidates(members: usize, memberCount: i32): void {
  count = memberCount;
  for (let at: usize = 0; at < (<usize>memberCount) << 2; at += 4) store<i32>(list + at, load<i32>(members + at));
}

export function hasCandidates(): bool {
  return count > 0;
}

/** Add an end, unless it is there already or would not count. */
export function addCandidate(member: i32): void {
  if (!worth(endAt(member))) return;
  const place = placeOf(member);
  const at = list + ((<usize>place) << 2);
  if (place < count && load<i32>(at) == member) return;
  memory.copy(at + 4, at, (<usize>(count - place)) << 2);
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
