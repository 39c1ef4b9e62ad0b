import { allocate } from "./allocate";
import { worth } from "./best";
import { isSame } from "./bytes";
import { endAt, endCount } from "./tables";

/** Which templates a line may be an instance of, by their keys (matching/keys.ts): one look at every fourth byte. */

const HASH_BITS: u32 = 17;
const MIX: u32 = 0x9e3779b1;
const WORDS_OF_KEY: i32 = 4;
/** A place of the table: the word, and the first of the list of its users; 0 for a free place. */
const SLOT: usize = 8;
/** A user of a word: the number of its end, the word's offset in its key, the next user. */
const USER: usize = 12;

let bytes: usize = 0;
let starts: usize = 0;
let ends: usize = 0;
let offsets: usize = 0;

let table: usize = 0;
let mask: u32 = 0;
/** By end: the pass it was last found in. */
let foundIn: usize = 0;
let pass: i32 = 0;

/** What the last scan has found, in no order. */
let members: usize = 0;
let memberCount: i32 = 0;

export function setKeys(bytesAt: usize, startsAt: usize, endsAt: usize, offsetsAt: usize): void {
  bytes = bytesAt;
  starts = startsAt;
  ends = endsAt;
  offsets = offsetsAt;
}

/** Index the keys of all ends, when they are first needed. */
function indexKeys(): void {
  const count = endCount();
  foundIn = allocate((<usize>count) << 2);
  members = allocate((<usize>count) << 2);
  let places: u32 = 64;
  while (places < <u32>(count * WORDS_OF_KEY * 2)) places <<= 1;
  mask = places - 1;
  table = allocate(<usize>places * SLOT);
  for (let member = 0; member < count; member += 1) {
    if (!hasKey(member)) continue;
    for (let left = 0; left < WORDS_OF_KEY; left += 1) addUser(member, offsetOf(member) + left);
  }
}

function numberIn(list: usize, member: i32): i32 {
  return load<i32>(list + ((<usize>member) << 2));
}

function hasKey(member: i32): bool {
  return numberIn(starts, member) != numberIn(ends, member);
}

function offsetOf(member: i32): i32 {
  return numberIn(offsets, member);
}

function addUser(member: i32, offset: i32): void {
  const word = load<u32>(bytes + <usize>(numberIn(starts, member) + offset));
  const slot = slotOf(word);
  const user = allocate(USER);
  store<i32>(user, member, 0);
  store<i32>(user, offset, 4);
  store<usize>(user, load<usize>(slot, 4), 8);
  store<u32>(slot, word, 0);
  store<usize>(slot, user, 4);
}

/** The place of a word, or the free one where it would stand. */
function slotOf(word: u32): usize {
  let place = (word * MIX) & mask;
  let slot = table + <usize>place * SLOT;
  while (load<usize>(slot, 4) != 0 && load<u32>(slot, 0) != word) {
    place = (place + 1) & mask;
    slot = table + <usize>place * SLOT;
  }
  return slot;
}

/**
 * The view of one kind of line: which ends can matter on it, as `worth` says before anything is found. A filter, one bit for each value of a hash; the number of
 * ends without a key, and these.
 */
export type KeyView = usize;

const FILTER_BYTES: usize = 1 << (17 - 3);

export function createView(): KeyView {
  if (table == 0) indexKeys();
  const count = endCount();
  let keyless = 0;
  for (let member = 0; member < count; member += 1) if (!hasKey(member) && worth(endAt(member))) keyless += 1;
  const view = allocate(FILTER_BYTES + 4 + ((<usize>keyless) << 2));
  store<i32>(view + FILTER_BYTES, keyless);
  let next = view + FILTER_BYTES + 4;
  for (let member = 0; member < count; member += 1) {
    if (!worth(endAt(member))) continue;
    if (!hasKey(member)) {
      store<i32>(next, member);
      next += 4;
      continue;
    }
    const key = bytes + <usize>(numberIn(starts, member) + offsetOf(member));
    for (let word: usize = 0; word < <usize>WORDS_OF_KEY; word += 1) {
      const hash = (load<u32>(key + word) * MIX) >>> (32 - HASH_BITS);
      const octet = view + <usize>(hash >>> 3);
      store<u8>(octet, load<u8>(octet) | <u8>((<u32>1) << (hash & 7)));
    }
  }
  return view;
}

export function keylessCount(view: KeyView): i32 {
  return load<i32>(view + FILTER_BYTES);
}

/** An end without a key. */
export function keylessAt(view: KeyView, index: i32): i32 {
  return load<i32>(view + FILTER_BYTES + 4 + ((<usize>index) << 2));
}

/** How many ends the last scan has found. */
export function foundCount(): i32 {
  return memberCount;
}

export function foundAt(index: i32): i32 {
  return load<i32>(members + ((<usize>index) << 2));
}

/** Find the ends that still matter and whose keys stand in `start..end`. */
export function scanKeys(view: KeyView, start: usize, end: usize): void {
  memberCount = 0;
  pass += 1;
  const last = end & ~3;
  for (let at = (start + 3) & ~3; at < last; at += 4) {
    const word = load<u32>(at);
    const hash = (word * MIX) >>> (32 - HASH_BITS);
    if (((load<u8>(view + <usize>(hash >>> 3)) >>> (hash & 7)) & 1) == 0) continue;
    let user = load<usize>(slotOf(word), 4);
    for (; user != 0; user = load<usize>(user, 8)) verify(load<i32>(user), at - <usize>load<i32>(user, 4), start, end);
  }
}

/** A word of an end's key stands in the line: does the key, at `from`? */
function verify(member: i32, from: usize, start: usize, end: usize): void {
  const seen = foundIn + ((<usize>member) << 2);
  if (load<i32>(seen) == pass || from < start || !worth(endAt(member))) return;
  const key = numberIn(starts, member);
  const length = <usize>(numberIn(ends, member) - key);
  if (from + length > end || !isSame(bytes + <usize>key, from, length)) return;
  store<i32>(seen, pass);
  store<i32>(members + ((<usize>memberCount) << 2), member);
  memberCount += 1;
}
