import { allocate } from "./allocate";
import { worth } from "./best";
import { isSame } from "./bytes";
import { endCount } from "./tables";

/** Which templates a line may be an instance of, by their keys: one look at every fourth byte. matching/keys.ts has what stands in the tables. */

const MIX: u32 = 0x9e3779b1;

let bytes: usize = 0;
let table: usize = 0;
let mask: u32 = 0;
let users: usize = 0;
/** Behind the last. */
let lastUser: usize = 0;
let keyless: usize = 0;
let keylessCounts: usize = 0;

/** By end: the pass it was last found in. */
let foundIn: usize = 0;
let pass: i32 = 0;
/** What the last scan has found, in no order: users of words. */
let found: usize = 0;
let count: i32 = 0;

/** @param places how many there are in the table @param userCount how many users there are */
export function setKeys(
  bytesAt: usize,
  tableAt: usize,
  places: u32,
  usersAt: usize,
  userCount: u32,
  keylessAt: usize,
  keylessBeforeAt: usize,
): void {
  bytes = bytesAt;
  table = tableAt;
  mask = places - 1;
  users = usersAt;
  lastUser = users + <usize>userCount * USER;
  keyless = keylessAt;
  keylessCounts = keylessBeforeAt;
  foundIn = allocate((<usize>endCount()) << 2);
  found = allocate((<usize>endCount()) << 2);
}

const SLOT_WORD: usize = 0;
const SLOT_FIRST: usize = 4;
/** How many users; 0 for a free slot. */
const SLOT_COUNT: usize = 8;
const SLOT: usize = 12;

/** A user's reach lies where that of a record lies. */
const USER_END: usize = 16;
const USER_OFFSET: usize = 20;
const USER_KEY: usize = 24;
const USER_LENGTH: usize = 28;
const USER: usize = 32;

/** The slot of a word, or the free one where it would stand. */
function slotOf(word: u32): usize {
  let place = (word * MIX) & mask;
  let slot = table + <usize>place * SLOT;
  while (load<i32>(slot, SLOT_COUNT) != 0 && load<u32>(slot, SLOT_WORD) != word) {
    place = (place + 1) & mask;
    slot = table + <usize>place * SLOT;
  }
  return slot;
}

function firstUser(slot: usize): usize {
  return users + <usize>load<i32>(slot, SLOT_FIRST) * USER;
}

/** Behind the last user. */
function usersEnd(slot: usize): usize {
  return firstUser(slot) + <usize>load<i32>(slot, SLOT_COUNT) * USER;
}

/**
 * The view of one kind of line: which words belong to keys of ends that can matter on it, as `worth` says before anything is found. A filter, in which the bit of
 * each such word's hash is set.
 */
export type KeyView = usize;

const HASH_BITS: u32 = 17;

export function createView(): KeyView {
  const view = allocate(((<usize>1) << HASH_BITS) >>> 3);
  for (let user = users; user < lastUser; user += USER) {
    if (!worth(user)) continue;
    const word = load<u32>(bytes + load<usize>(user, USER_KEY) + load<usize>(user, USER_OFFSET));
    const hash = (word * MIX) >>> (32 - HASH_BITS);
    const octet = view + <usize>(hash >>> 3);
    store<u8>(octet, load<u8>(octet) | <u8>((<u32>1) << (hash & 7)));
  }
  return view;
}

/** How many ends before one have no key. */
export function keylessBefore(end: i32): i32 {
  return load<i32>(keylessCounts + ((<usize>end) << 2));
}

/** An end without a key, in the order of the tree. */
export function keylessAt(index: i32): i32 {
  return load<i32>(keyless + ((<usize>index) << 2));
}

/** How many ends the last scan has found. */
export function foundCount(): i32 {
  return count;
}

/** A found end, as a record with its reach. */
export function foundAt(index: i32): usize {
  return load<usize>(found + ((<usize>index) << 2));
}

/** The number of a found end. */
export function foundEnd(index: i32): i32 {
  return load<i32>(foundAt(index), USER_END);
}

/** Find the ends that still matter and whose keys stand in `start..end`. */
export function scanKeys(view: KeyView, start: usize, end: usize): void {
  count = 0;
  pass += 1;
  const last = end & ~3;
  for (let at = (start + 3) & ~3; at < last; at += 4) {
    const word = load<u32>(at);
    const hash = (word * MIX) >>> (32 - HASH_BITS);
    if (((load<u8>(view + <usize>(hash >>> 3)) >>> (hash & 7)) & 1) == 0) continue;
    const slot = slotOf(word);
    const behind = usersEnd(slot);
    for (let user = firstUser(slot); user < behind; user += USER) verify(user, at, start, end);
  }
}

/** A word of an end's key stands at `at`: does the key stand around it? */
function verify(user: usize, at: usize, start: usize, end: usize): void {
  if (!worth(user)) return;
  const from = at - load<usize>(user, USER_OFFSET);
  const length = load<usize>(user, USER_LENGTH);
  if (from < start || from + length > end) return;
  const seen = foundIn + (load<usize>(user, USER_END) << 2);
  if (load<i32>(seen) == pass || !isSame(bytes + load<usize>(user, USER_KEY), from, length)) return;
  store<i32>(seen, pass);
  store<usize>(found + ((<usize>count) << 2), user);
  count += 1;
}
