import { allocate } from "./allocate";
import { isSame } from "./bytes";

/**
 * The tags met in headers, and the services that spoke under them. Each has a number, in the order of first sight. Strangers choose names too: without knowing
 * where the hash begins they cannot choose ones that collide.
 */

const MOST: i32 = 4096;
const SLOTS: u32 = 8192;
const LONGEST_NAME: usize = 128;

const HASH: usize = 0;
const LENGTH: usize = 4;
const OWNER: usize = 8;
const KIND: usize = 12;
const ROW: usize = 16;
const NAME: usize = 20;
const SIZE: usize = 20 + 128;

/** The owner of a tag; that of a service is its tag. */
export const NOBODY: i32 = -1;

let seed: u32 = 0;
let count: i32 = 0;
let writers: usize = 0;
/** Open addressing, at most half full: 1 + the number, 0 for a free place. */
let slots: usize = 0;

export function setHashSeed(value: u32): void {
  seed = value;
  writers = allocate(<usize>MOST * SIZE);
  slots = allocate(SLOTS << 2);
}

export function forgetWriters(): void {
  count = 0;
  memory.fill(recent, 0, 64 * 4);
  memory.fill(slots, 0, SLOTS << 2);
}

function writerAt(number: i32): usize {
  return writers + <usize>number * SIZE;
}

/** How the messages of a writer begin: message-start.ts. */
export function kindOf(number: i32): i32 {
  return load<i32>(writerAt(number), KIND);
}

/** The row of templates for its lines. */
export function rowOf(number: i32): usize {
  return load<usize>(writerAt(number), ROW);
}

/** FNV-1a. */
function hashOf(owner: i32, start: usize, end: usize): u32 {
  let hash = (seed ^ <u32>owner) * 0x01000193;
  for (let at = start; at < end; at += 1) hash = (hash ^ load<u8>(at)) * 0x01000193;
  return hash ^ (hash >>> 15);
}

function slotOf(hash: u32, owner: i32, start: usize, length: usize): usize {
  let place = hash & (SLOTS - 1);
  let slot = slots + ((<usize>place) << 2);
  for (let entry = load<i32>(slot); entry != 0; entry = load<i32>(slot)) {
    const writer = writerAt(entry - 1);
    const isIt =
      load<u32>(writer, HASH) == hash && load<i32>(writer, OWNER) == owner && load<usize>(writer, LENGTH) == length;
    if (isIt && isSame(writer + NAME, start, length)) return slot;
    place = (place + 1) & (SLOTS - 1);
    slot = slots + ((<usize>place) << 2);
  }
  return slot;
}

/** By a name's last letters and length: 1 + the number of the writer met last, which is compared before anything is hashed. */
const recent = memory.data(64 * 4);

/** The number of a writer, -1 for one that is not known. */
export function findWriter(owner: i32, start: usize, end: usize): i32 {
  const length = end - start;
  if (length < 4) return search(owner, start, end);
  const last = load<u32>(end - 4);
  const mixed = (last ^ (last >>> 13) ^ <u32>length) & 63;
  const place = recent + ((<usize>mixed) << 2);
  const met = load<i32>(place) - 1;
  if (met != -1) {
    const writer = writerAt(met);
    if (
      load<i32>(writer, OWNER) == owner &&
      load<usize>(writer, LENGTH) == length &&
      isSame(writer + NAME, start, length)
    )
      return met;
  }
  const found = search(owner, start, end);
  store<i32>(place, found + 1);
  return found;
}

function search(owner: i32, start: usize, end: usize): i32 {
  return load<i32>(slotOf(hashOf(owner, start, end), owner, start, end - start)) - 1;
}

/** The number of a writer, a new one at first sight; -1 where there is no room for more, or for a name of that length. */
export function addWriter(owner: i32, start: usize, end: usize, kind: i32, row: usize): i32 {
  const hash = hashOf(owner, start, end);
  const length = end - start;
  const slot = slotOf(hash, owner, start, length);
  const known = load<i32>(slot) - 1;
  if (known != -1 || count == MOST || length > LONGEST_NAME) return known;
  const writer = writerAt(count);
  store<u32>(writer, hash, HASH);
  store<usize>(writer, length, LENGTH);
  store<i32>(writer, owner, OWNER);
  store<i32>(writer, kind, KIND);
  store<usize>(writer, row, ROW);
  memory.copy(writer + NAME, start, length);
  count += 1;
  store<i32>(slot, count);
  return count - 1;
}
