import { allocate } from "./allocate";
import { isAllowed, worth } from "./best";
import { isSame } from "./bytes";
import { addCandidate, beginCandidates, candidateCount } from "./candidates";
import { beginsWithVerb } from "./closed-fields";
import { endAt } from "./tables";

/**
 * Which templates a message may be an instance of, by their keys: one look at its first bytes, one at its last, and one at every fourth. matching/keys.ts has
 * what stands in the tables, and the same numbers.
 */

const MIX: u32 = 0x9e3779b1;
const START_MARK: u32 = 0x2545f491;
/** Words of a start that are looked up together at most. */
const MOST_START_WORDS: usize = 4;
const END_MARK: u32 = 0x6c078965;

let bytes: usize = 0;
let table: usize = 0;
let mask: u32 = 0;
/** How many bits of a hash are left out so that it is a place. */
let shift: u32 = 0;
let users: usize = 0;
let keys: usize = 0;
/** Behind the last. */
let keysEnd: usize = 0;
let members: usize = 0;
let kinds: usize = 0;
let verbs: usize = 0;
let verbCount: i32 = 0;
let keyless: usize = 0;
let keylessCount: i32 = 0;

/** Where in a message words stand that may be a key's. */
let hits: usize = 0;

/** @param places how many there are in the table @param longestMessage bytes of a message that are looked at */
export function setKeys(bytesAt: usize, tableAt: usize, places: u32, usersAt: usize, longestMessage: usize): void {
  bytes = bytesAt;
  table = tableAt;
  mask = places - 1;
  shift = clz(mask);
  users = usersAt;
  hits = allocate(longestMessage + 4);
}

export function setKeyList(listAt: usize, count: i32, membersAt: usize, kindsAt: usize): void {
  keys = listAt;
  keysEnd = keys + <usize>count * KEY;
  members = membersAt;
  kinds = kindsAt;
}

export function setKeyless(verbsAt: usize, countOfVerbs: i32, keylessAt: usize, countOfKeyless: i32): void {
  verbs = verbsAt;
  verbCount = countOfVerbs;
  keyless = keylessAt;
  keylessCount = countOfKeyless;
}

const SLOT_WORD: usize = 0;
/** 1 + the place of the first user; 0 for a free slot. */
const SLOT_FIRST: usize = 4;
const SLOT: usize = 8;

/** The place of its key, which of the key's words it is, and a flag for a word's last user. */
const USER_KEY: usize = 0;
const USER_LAST: u32 = 0x80000000;
/** How far from the word another word of the key stands, and that word. */
const USER_DISTANCE: usize = 4;
const USER_OTHER: usize = 8;
const USER: usize = 12;

const KEY_START: usize = 0;
const KEY_LENGTH: usize = 4;
const KEY_OFFSET: usize = 8;
const KEY_PLACE: usize = 12;
const KEY_MEMBERS: usize = 16;
const KEY_MEMBERS_END: usize = 20;
const KEY: usize = 24;

const MESSAGE: u32 = 1;
const ENTRY: u32 = 2;
const HINT: u32 = 4;

const AT_START: i32 = 1;
const AT_END: i32 = 2;

/** The first user of a word, 0 for none. */
function firstUser(word: u32): usize {
  let place = (word * MIX) >>> shift;
  let slot = table + <usize>place * SLOT;
  while (load<u32>(slot, SLOT_FIRST) != 0 && load<u32>(slot, SLOT_WORD) != word) {
    place = (place + 1) & mask;
    slot = table + <usize>place * SLOT;
  }
  const first = load<u32>(slot, SLOT_FIRST);
  return first == 0 ? 0 : users + ((<usize>(first - 1)) << 2);
}

/** A start of some words and one more. */
function longerStart(start: u32, word: u32): u32 {
  return (start * MIX) ^ word;
}

function startOf(at: usize, length: usize): u32 {
  const words = min(length >> 2, MOST_START_WORDS);
  let start = START_MARK;
  for (let index: usize = 0; index < words; index += 1) start = longerStart(start, load<u32>(at + (index << 2)));
  return start;
}

/**
 * The view of one kind of line, which is about the ends that can matter on it, before anything is found. First a filter: the bit of the hash of
 * each word of their keys is set. Then how many of them begin with a verb, how many have no key, and these.
 */
export type KeyView = usize;

const HASH_BITS: u32 = 17;
/** Behind it a smaller one, of the first words of keys that messages begin with: most messages begin with a queue id. */
const FIRST_WORDS: usize = 1 << (17 - 3);
const FIRST_BITS: u32 = 13;
const VERB_COUNT: usize = FIRST_WORDS + (1 << (13 - 3));
const KEYLESS_COUNT: usize = VERB_COUNT + 4;
const KEYLESS: usize = KEYLESS_COUNT + 4;

export function createView(entryOnly: bool): KeyView {
  const goals = entryOnly ? ENTRY | HINT : MESSAGE | ENTRY;
  const view = allocate(KEYLESS + ((<usize>keylessCount) << 2));
  for (let key = keys; key < keysEnd; key += KEY) {
    if (!isWanted(key, goals)) continue;
    const word = bytes + load<usize>(key, KEY_START) + load<usize>(key, KEY_OFFSET);
    const place = load<i32>(key, KEY_PLACE);
    if (place == AT_START) {
      admit(view, startOf(word, load<usize>(key, KEY_LENGTH)));
      set(view + FIRST_WORDS, firstHash(load<u32>(word)));
    } else if (place == AT_END) admit(view, load<u32>(word) ^ END_MARK);
    else for (let index: usize = 0; index < 4; index += 1) admit(view, load<u32>(word + index));
  }
  let count = 0;
  for (let place = 0; place < verbCount; place += 1) {
    if (worth(endAt(memberAt(verbs, place)))) count += 1;
  }
  store<i32>(view, count, VERB_COUNT);
  count = 0;
  for (let place = 0; place < keylessCount; place += 1) {
    const member = memberAt(keyless, place);
    if (!worth(endAt(member))) continue;
    store<i32>(view + ((<usize>count) << 2), member, KEYLESS);
    count += 1;
  }
  store<i32>(view, count, KEYLESS_COUNT);
  return view;
}

/** Whether any of the ends that have a key is worth finding. Their records lie far from each other: what is asked of them is kept in a list. */
function isWanted(key: usize, goals: u32): bool {
  const behind = kinds + ((<usize>load<i32>(key, KEY_MEMBERS_END)) << 2);
  for (let next = kinds + ((<usize>load<i32>(key, KEY_MEMBERS)) << 2); next < behind; next += 4) {
    const kind = load<u32>(next);
    if ((kind & goals) != 0 && isAllowed(kind >>> 3)) return true;
  }
  return false;
}

function memberAt(list: usize, place: i32): i32 {
  return load<i32>(list + ((<usize>place) << 2));
}

function admit(view: KeyView, word: u32): void {
  set(view, hashOf(word));
}

function set(filter: usize, hash: u32): void {
  const number = filter + <usize>((hash >>> 5) << 2);
  store<u32>(number, load<u32>(number) | ((<u32>1) << (hash & 31)));
}

/** 1 for a hash that is set, else 0. */
function get(filter: usize, hash: u32): u32 {
  return (load<u32>(filter + <usize>((hash >>> 5) << 2)) >>> hash) & 1;
}

function firstHash(word: u32): u32 {
  return (word * MIX) >>> (32 - FIRST_BITS);
}

function hashOf(word: u32): u32 {
  return (word * MIX) >>> (32 - HASH_BITS);
}

/** 1 for a word that is admitted, else 0. */
function bitOf(view: KeyView, word: u32): u32 {
  return get(view, hashOf(word));
}

/** Make the ends without a key that are worth it the candidates. @returns false if there are none */
export function addKeyless(view: KeyView): bool {
  beginCandidates();
  const behind = view + ((<usize>load<i32>(view, KEYLESS_COUNT)) << 2);
  for (let at = view; at < behind; at += 4) addCandidate(load<i32>(at, KEYLESS));
  return candidateCount() > 0;
}

/** Make the ends that count and whose keys stand in `start..end` the candidates. */
export function scanKeys(view: KeyView, start: usize, end: usize): void {
  beginCandidates();
  if (load<i32>(view, VERB_COUNT) > 0 && beginsWithVerb(start, end)) {
    for (let place = 0; place < verbCount; place += 1) addCandidate(memberAt(verbs, place));
  }
  if (end - start < 4) return;
  if (get(view + FIRST_WORDS, firstHash(load<u32>(start))) != 0) scanStart(view, start, end);
  const last = load<u32>(end - 4) ^ END_MARK;
  if (bitOf(view, last) != 0) verifyAll(last, end - 4, start, end);
  const behind = collect(view, (start + 3) & ~3, end - 3);
  for (let hit = hits; hit < behind; hit += 4) {
    const at = load<usize>(hit);
    verifyAll(load<u32>(at), at, start, end);
  }
}

function scanStart(view: KeyView, start: usize, end: usize): void {
  const starts = min(end, start + 4 * MOST_START_WORDS);
  let known = START_MARK;
  for (let next = start; next + 4 <= starts; next += 4) {
    known = longerStart(known, load<u32>(next));
    if (bitOf(view, known) != 0) verifyAll(known, start, start, end);
  }
}

/** Write down where words stand that are admitted. Without a branch: which are is not to be foreseen. @returns behind the last of `hits` */
function collect(view: KeyView, start: usize, end: usize): usize {
  let hit = hits;
  for (let at = start; at < end; at += 4) {
    store<usize>(hit, at);
    hit += (<usize>bitOf(view, load<u32>(at))) << 2;
  }
  return hit;
}

function verifyAll(word: u32, at: usize, start: usize, end: usize): void {
  let next = firstUser(word);
  if (next == 0) return;
  for (let user: u32 = 0; (user & USER_LAST) == 0; next += USER) {
    user = load<u32>(next, USER_KEY);
    if (load<u32>(at + load<usize>(next, USER_DISTANCE)) != load<u32>(next, USER_OTHER)) continue;
    verify(keys + <usize>(user & ~USER_LAST & ~3), <usize>(user & 3), at, start, end);
  }
}

/** A word of a key stands at `at`: does the key stand around it, and where it must? @param index which of its words it is */
function verify(key: usize, index: usize, at: usize, start: usize, end: usize): void {
  const from = at - index - load<usize>(key, KEY_OFFSET);
  const length = load<usize>(key, KEY_LENGTH);
  if (from < start || from + length > end) return;
  const place = load<i32>(key, KEY_PLACE);
  if ((place == AT_START && from != start) || (place == AT_END && from + length != end)) return;
  if (!isSame(bytes + load<usize>(key, KEY_START), from, length)) return;
  for (let next = load<i32>(key, KEY_MEMBERS); next < load<i32>(key, KEY_MEMBERS_END); next += 1) {
    addCandidate(memberAt(members, next));
  }
}
