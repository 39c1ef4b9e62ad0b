import { allocate } from "../allocate";
import { foldByte, fourBytes, hashKey } from "./key-hash";

/**
 * How often keys were seen: TopCounts of core/report/log/top-counts.ts, with room for so many keys and no more. Who asks first whether there is room need not
 * ask what becomes of a key without any.
 *
 * Numbers, in this order (core/log/flow/read-flow.ts reads them): SIZE; COLUMNS; FOLD, 1 where A and a are one; the addresses of SLOTS, HASHES, STARTS, ARENA
 * and COUNTS, whose contents are those of TopCounts; and for how many keys and bytes there is room.
 */
export type KeyCounts = usize;

const SIZE: usize = 0;
const COLUMNS: usize = 4;
const FOLD: usize = 8;
const SLOTS: usize = 12;
const HASHES: usize = 16;
const STARTS: usize = 20;
const ARENA: usize = 24;
const COUNTS: usize = 28;
const MOST_KEYS: usize = 32;
const ARENA_BYTES: usize = 36;
const TABLE: usize = 40;

const LONGEST_KEY: usize = 256;
/** Keys are compared in steps of some bytes. */
const MARGIN: usize = 16;

/** @param keys for how many there is room, a power of two @param arenaBytes for how many bytes of them */
export function createKeyCounts(columns: i32, fold: bool, keys: i32, arenaBytes: i32): KeyCounts {
  const table = allocate(TABLE);
  store<i32>(table, columns, COLUMNS);
  store<i32>(table, fold ? 1 : 0, FOLD);
  store<i32>(table, keys, MOST_KEYS);
  store<i32>(table, arenaBytes, ARENA_BYTES);
  store<usize>(table, allocate(slotCount(table) << 2), SLOTS);
  store<usize>(table, allocate((<usize>keys) << 2), HASHES);
  store<usize>(table, allocate((<usize>keys + 1) << 2), STARTS);
  store<usize>(table, allocate(<usize>arenaBytes + MARGIN), ARENA);
  store<usize>(table, allocate((<usize>(keys * columns)) << 3), COUNTS);
  return table;
}

function slotCount(table: KeyCounts): usize {
  return (<usize>load<i32>(table, MOST_KEYS)) << 1;
}

export function clearKeyCounts(table: KeyCounts): void {
  store<i32>(table, 0, SIZE);
  memory.fill(load<usize>(table, SLOTS), 0, slotCount(table) << 2);
}

/** Whether another key, however long, would find room. */
export function hasRoom(table: KeyCounts): bool {
  return hasRoomFor(table, 1, <i32>LONGEST_KEY);
}

export function hasRoomFor(table: KeyCounts, keys: i32, bytes: i32): bool {
  const size = load<i32>(table, SIZE);
  return size + keys <= load<i32>(table, MOST_KEYS) && startOf(table, size) + bytes <= load<i32>(table, ARENA_BYTES);
}

/**
 * Add what was counted elsewhere; the arrays are those of TopCounts. There must be room.
 * @param hashes at its place in each array stands what belongs to a key
 */
export function mergeKeys(
  table: KeyCounts,
  size: i32,
  hashes: usize,
  starts: usize,
  arena: usize,
  counts: usize,
): void {
  const columns = <usize>load<i32>(table, COLUMNS);
  for (let key: usize = 0; key < <usize>size; key += 1) {
    const start = arena + load<usize>(starts + (key << 2));
    const end = arena + load<usize>(starts + (key << 2), 4);
    // It is folded already, where A and a are one.
    const mine = <usize>indexOfHashed(table, load<u32>(hashes + (key << 2)), start, end, false);
    let sum = load<usize>(table, COUNTS) + ((mine * columns) << 3);
    let count = counts + ((key * columns) << 3);
    for (let column: usize = 0; column < columns; column += 1, sum += 8, count += 8) {
      store<f64>(sum, load<f64>(sum) + load<f64>(count));
    }
  }
}

/** Add one to a number of the key `start..end`. There must be room. @returns which key it is */
export function countKey(table: KeyCounts, start: usize, end: usize, column: i32): i32 {
  const stop = min(end, start + LONGEST_KEY);
  const index = indexOf(table, start, stop);
  const count = load<usize>(table, COUNTS) + ((<usize>(index * load<i32>(table, COLUMNS) + column)) << 3);
  store<f64>(count, load<f64>(count) + 1);
  return index;
}

function indexOf(table: KeyCounts, start: usize, end: usize): i32 {
  const fold = load<i32>(table, FOLD) != 0;
  return indexOfHashed(table, hashKey(start, end, fold), start, end, fold);
}

function indexOfHashed(table: KeyCounts, hash: u32, start: usize, end: usize, fold: bool): i32 {
  const slots = load<usize>(table, SLOTS);
  const mask = slotCount(table) - 1;
  let slot = <usize>hash & mask;
  for (let found = load<i32>(slots + (slot << 2)); found != 0; found = load<i32>(slots + (slot << 2))) {
    const met = load<u32>(load<usize>(table, HASHES) + ((<usize>(found - 1)) << 2));
    if (met == hash && isKey(table, found - 1, start, end, fold)) return found - 1;
    slot = (slot + 1) & mask;
  }
  const index = load<i32>(table, SIZE);
  store<i32>(slots + (slot << 2), index + 1);
  append(table, index, hash, start, end, fold);
  return index;
}

function startOf(table: KeyCounts, index: i32): i32 {
  return load<i32>(load<usize>(table, STARTS) + ((<usize>index) << 2));
}

function isKey(table: KeyCounts, index: i32, start: usize, end: usize, fold: bool): bool {
  const first = startOf(table, index);
  if (startOf(table, index + 1) - first != <i32>(end - start)) return false;
  let kept = load<usize>(table, ARENA) + <usize>first;
  let at = start;
  for (; at + 4 <= end; at += 4, kept += 4) if (load<u32>(kept) != fourBytes(at, fold)) return false;
  for (; at < end; at += 1, kept += 1) if (load<u8>(kept) != foldByte(load<u8>(at), fold)) return false;
  return true;
}

function append(table: KeyCounts, index: i32, hash: u32, start: usize, end: usize, fold: bool): void {
  const first = startOf(table, index);
  const starts = load<usize>(table, STARTS) + ((<usize>index) << 2);
  store<i32>(starts, first + <i32>(end - start), 4);
  let kept = load<usize>(table, ARENA) + <usize>first;
  // The last step of four writes behind the key: where the next one comes, or into the margin.
  for (let at = start; at < end; at += 4, kept += 4) store<u32>(kept, fourBytes(at, fold));
  store<u32>(load<usize>(table, HASHES) + ((<usize>index) << 2), hash);
  const columns = (<usize>load<i32>(table, COLUMNS)) << 3;
  memory.fill(load<usize>(table, COUNTS) + <usize>index * columns, 0, columns);
  store<i32>(table, index + 1, SIZE);
}
