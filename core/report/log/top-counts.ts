import { decodeUtf8, encodeUtf8 } from "../../log/utf8.ts";
import { compareKeys, heaviestKeys } from "./heaviest-keys.ts";
import { foldByte, fourBytes, hashKey } from "./key-hash.ts";

/** Bytes of a key that are kept; longer ones are cut, so that no stranger's address fills the memory. */
export const LONGEST_KEY = 256;

/**
 * How often keys were seen, in memory that does not grow with their number: the space-saving sketch of Metwally, Agrawal and El Abbadi, pruned
 * in batches. Exact as long as there were no more keys than it holds; after that a key may have been seen up to `over` times more often than counted, and
 * no key that makes up more than one `capacity`th of everything is missing. Plain data: it can be sent to another thread and merged there.
 */
export interface TopCounts {
  /** Keys that survive a pruning; twice as many are held. */
  readonly capacity: number;
  /** Numbers kept for each key. */
  readonly columns: number;
  /** Whether A and a are one. */
  readonly fold: boolean;
  size: number;
  /** A key that is not held was seen at most so often. */
  floor: number;
  /** Open addressing; one more than the index of the key, 0 for empty. */
  slots: Int32Array;
  hashes: Int32Array;
  /** Where a key's bytes lie in `arena`: the start of each, and the end of the last. */
  starts: Int32Array;
  arena: Uint8Array;
  /** `columns` numbers a key. */
  counts: Float64Array;
  over: Float64Array;
}

/** Keys there is room for at first. */
const FIRST_ROOM = 64;

/** @param capacity keys to hold at least; a power of two */
export function topCounts(capacity: number, columns: number, fold: boolean): TopCounts {
  const held = Math.min(FIRST_ROOM, capacity * 2);
  return {
    capacity,
    columns,
    fold,
    size: 0,
    floor: 0,
    slots: new Int32Array(held * 2),
    hashes: new Int32Array(held),
    starts: new Int32Array(held + 1),
    arena: new Uint8Array(1024),
    counts: new Float64Array(held * columns),
    over: new Float64Array(held),
  };
}

/** Add to one number of the key `bytes[start..end)`. */
export function countKey(top: TopCounts, bytes: Uint8Array, start: number, end: number, column: number, by = 1): void {
  const stop = Math.min(end, start + LONGEST_KEY);
  const index = indexOf(top, hashKey(bytes, start, stop, top.fold), bytes, start, stop);
  const at = index * top.columns + column;
  top.counts[at] = (top.counts[at] ?? 0) + by;
}

/** A key and its numbers. */
export interface TopKey {
  readonly key: string;
  /** By column. */
  readonly counts: readonly number[];
  /** Their sum. */
  readonly total: number;
  /** The total may be so much larger; 0 for exact. */
  readonly over: number;
}

/** The keys with the largest totals, at most `limit`, the largest first. */
export function largest(top: TopCounts, limit: number): readonly TopKey[] {
  const totals = totalsOf(top);
  return heaviestKeys(top, totals, limit)
    .sort((one, other) => (totals[other] ?? 0) - (totals[one] ?? 0) || compareKeys(top, one, other))
    .map((index) => {
      const counts = Array.from(top.counts.subarray(index * top.columns, (index + 1) * top.columns));
      const key = decodeUtf8(top.arena, top.starts[index] ?? 0, top.starts[index + 1] ?? 0);
      return { key, counts, total: totalOf(top, index), over: top.over[index] ?? 0 };
    });
}

/** How often a key was seen, all columns together; 0 for one that is not held. */
export function totalOfKey(top: TopCounts, key: string): number {
  const bytes = encodeUtf8(key);
  const found = top.slots[slotOf(top, hashKey(bytes, 0, bytes.length, top.fold), bytes, 0, bytes.length)] ?? 0;
  return found === 0 ? 0 : totalOf(top, found - 1);
}

/** Add what another sketch of the same shape counted. */
export function mergeTopCounts(into: TopCounts, other: TopCounts): void {
  if (into.size === 0 && into.floor === 0) {
    copyTopCounts(into, other);
    return;
  }
  mergeKeys(into, other);
}

function mergeKeys(into: TopCounts, other: ExactCounts & Pick<TopCounts, "floor" | "over">): void {
  // A key that only one of them holds may have been dropped by the other.
  const floor = into.floor + other.floor;
  for (let index = 0; index < into.size; index += 1) into.over[index] = (into.over[index] ?? 0) + other.floor;
  for (let index = 0; index < other.size; index += 1) {
    const before = into.size;
    const start = other.starts[index] ?? 0;
    const mine = indexOf(into, other.hashes[index] ?? 0, other.arena, start, other.starts[index + 1] ?? start);
    const isNew = into.size !== before;
    into.over[mine] = (into.over[mine] ?? 0) + (other.over[index] ?? 0) - (isNew ? 0 : other.floor);
    for (let column = 0; column < into.columns; column += 1) {
      const at = mine * into.columns + column;
      into.counts[at] = (into.counts[at] ?? 0) + (other.counts[index * into.columns + column] ?? 0);
    }
  }
  into.floor = Math.max(into.floor, floor);
}

/** Keys and their numbers, in the shape of TopCounts: exact, and each once. */
export type ExactCounts = Pick<TopCounts, "size" | "slots" | "hashes" | "starts" | "arena" | "counts">;

/** Add what was counted exactly. */
export function addKeys(into: TopCounts, exact: ExactCounts): void {
  const few = { ...into };
  if (into.floor > 0 || into.size > exact.size || exact.size > into.capacity * 2) {
    mergeKeys(into, { ...exact, floor: 0, over: NOTHING_OVER });
    return;
  }
  // Nothing to compare with, or little: the many are copied, and the few added to them.
  takeKeys(into, exact);
  if (few.size > 0) mergeKeys(into, few);
}

/** So many keys that their places are sooner copied, with room for more than they need, than found anew. */
const WORTH_COPYING = 1024;

/** Put what was counted exactly in the place of what is held: as fast as bytes are copied. There may be no more keys than can be held. */
export function takeKeys(into: TopCounts, { size, slots, hashes, starts, arena, counts }: ExactCounts): void {
  const isCopied = size >= WORTH_COPYING && slots.length <= into.capacity * 4;
  let held = isCopied ? slots.length / 2 : FIRST_ROOM;
  while (held < size) held *= 2;
  into.size = 0;
  resize(into, held);
  into.hashes.set(hashes.subarray(0, size));
  into.starts.set(starts.subarray(0, size + 1));
  into.counts.set(counts.subarray(0, size * into.columns));
  into.arena = arena.slice();
  into.size = size;
  if (isCopied) into.slots.set(slots);
  else rehash(into);
}

const NOTHING_OVER = new Float64Array(0);

function copyTopCounts(into: TopCounts, { size, floor, slots, hashes, starts, arena, counts, over }: TopCounts): void {
  const copies = { slots: slots.slice(), hashes: hashes.slice(), starts: starts.slice(), arena: arena.slice() };
  Object.assign(into, { size, floor, ...copies, counts: counts.slice(), over: over.slice() });
}

/** Where in `slots` a key stands, or is to be put. */
function slotOf(top: TopCounts, hash: number, bytes: Uint8Array, start: number, end: number): number {
  const mask = top.slots.length - 1;
  let slot = hash & mask;
  for (let found = top.slots[slot] ?? 0; found !== 0; found = top.slots[slot] ?? 0) {
    if (top.hashes[found - 1] === hash && isKey(top, found - 1, bytes, start, end)) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

/** The index of a key, which is put in if it is not held. */
function indexOf(top: TopCounts, hash: number, bytes: Uint8Array, start: number, end: number): number {
  const slot = slotOf(top, hash, bytes, start, end);
  const found = top.slots[slot] ?? 0;
  if (found !== 0) return found - 1;
  if (top.size === top.hashes.length) {
    if (top.size < top.capacity * 2) grow(top);
    else prune(top);
    return indexOf(top, hash, bytes, start, end);
  }
  top.slots[slot] = top.size + 1;
  return append(top, hash, bytes, start, end);
}

function isKey(top: TopCounts, index: number, bytes: Uint8Array, start: number, end: number): boolean {
  const first = top.starts[index] ?? 0;
  if ((top.starts[index + 1] ?? 0) - first !== end - start) return false;
  const { arena, fold } = top;
  const shift = first - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    if (fourBytes(arena, at + shift, false) !== fourBytes(bytes, at, fold)) return false;
  }
  for (; at < end; at += 1) if (arena[at + shift] !== foldByte(bytes[at] ?? 0, fold)) return false;
  return true;
}

function append(top: TopCounts, hash: number, bytes: Uint8Array, start: number, end: number): number {
  const index = top.size;
  const first = top.starts[index] ?? 0;
  const needed = first + end - start;
  if (needed > top.arena.length) {
    const larger = new Uint8Array(Math.max(needed, top.arena.length * 2));
    larger.set(top.arena);
    top.arena = larger;
  }
  for (let at = start; at < end; at += 1) top.arena[first + at - start] = foldByte(bytes[at] ?? 0, top.fold);
  top.starts[index + 1] = needed;
  top.hashes[index] = hash;
  top.over[index] = top.floor;
  top.counts.fill(0, index * top.columns, (index + 1) * top.columns);
  top.size += 1;
  return index;
}

function grow(top: TopCounts): void {
  resize(top, top.hashes.length * 2);
  rehash(top);
}

function resize(top: TopCounts, held: number): void {
  const counts = new Float64Array(held * top.columns);
  const over = new Float64Array(held);
  const hashes = new Int32Array(held);
  const starts = new Int32Array(held + 1);
  counts.set(top.counts.subarray(0, top.size * top.columns));
  over.set(top.over.subarray(0, top.size));
  hashes.set(top.hashes.subarray(0, top.size));
  starts.set(top.starts.subarray(0, top.size + 1));
  Object.assign(top, { counts, over, hashes, starts, slots: new Int32Array(held * 2) });
}

/** Drops the lower half, and remembers how much that may have been. */
function prune(top: TopCounts): void {
  const weights = totalsOf(top).map((total, index) => total + (top.over[index] ?? 0));
  const kept = heaviestKeys(top, weights, top.capacity).sort((one, other) => one - other);
  const isKept = new Uint8Array(top.size);
  for (const index of kept) isKept[index] = 1;
  weights.forEach((weight, index) => {
    if (isKept[index] === 0) top.floor = Math.max(top.floor, weight);
  });
  let used = 0;
  kept.forEach((from, to) => {
    const start = top.starts[from] ?? 0;
    const end = top.starts[from + 1] ?? 0;
    // Ascending: what moves down never lands on what is still to be moved.
    top.arena.copyWithin(used, start, end);
    top.hashes[to] = top.hashes[from] ?? 0;
    top.over[to] = top.over[from] ?? 0;
    top.counts.copyWithin(to * top.columns, from * top.columns, (from + 1) * top.columns);
    top.starts[to] = used;
    used += end - start;
    top.starts[to + 1] = used;
  });
  top.size = kept.length;
  rehash(top);
}

function rehash(top: TopCounts): void {
  const mask = top.slots.length - 1;
  top.slots.fill(0);
  for (let index = 0; index < top.size; index += 1) {
    let slot = (top.hashes[index] ?? 0) & mask;
    while (top.slots[slot] !== 0) slot = (slot + 1) & mask;
    top.slots[slot] = index + 1;
  }
}

/** Not to be changed: of one number a key they are the numbers themselves. */
function totalsOf(top: TopCounts): Float64Array {
  if (top.columns === 1) return top.counts.subarray(0, top.size);
  const totals = new Float64Array(top.size);
  for (let index = 0; index < top.size; index += 1) totals[index] = totalOf(top, index);
  return totals;
}

function totalOf(top: TopCounts, index: number): number {
  let total = 0;
  for (let column = 0; column < top.columns; column += 1) total += top.counts[index * top.columns + column] ?? 0;
  return total;
}
