import { allocate } from "../allocate";

/**
 * What is told one by one and not summed up: lists of records, whose numbers of eight bytes are those of FlowCounts (core/log/flow/flow-counts.ts), with room for so
 * many and no more. core/log/flow/read-flow.ts has the numbers of the lists too.
 */
export const EARLY_ATTEMPTS: i32 = 0;
export const EARLY_MAILS: i32 = 1;
export const DEFERRED_MAILS: i32 = 2;
export const FAILED_LOGINS: i32 = 3;
const LISTS: i32 = 4;

/** Of each list where its first record lies, and how many there are. */
const FIRST: usize = 0;
const COUNT: usize = 4;
const lists = memory.data(4 * 8, 4);

function most(list: i32): i32 {
  return list == EARLY_ATTEMPTS ? 8192 : list == EARLY_MAILS ? 2048 : 4096;
}

function bytesOfOne(list: i32): usize {
  return list == EARLY_ATTEMPTS ? 24 : list == DEFERRED_MAILS ? 8 : 32;
}

function placeOf(list: i32): usize {
  return lists + ((<usize>list) << 3);
}

export function createRecords(): void {
  for (let list = 0; list < LISTS; list += 1) {
    store<usize>(placeOf(list), allocate(<usize>most(list) * bytesOfOne(list)), FIRST);
  }
}

export function clearRecords(): void {
  for (let list = 0; list < LISTS; list += 1) store<i32>(placeOf(list), 0, COUNT);
}

export function firstRecord(list: i32): usize {
  return load<usize>(placeOf(list), FIRST);
}

export function recordCount(list: i32): i32 {
  return load<i32>(placeOf(list), COUNT);
}

export function hasRoomForRecord(list: i32): bool {
  return recordCount(list) < most(list);
}

/** There must be room. @returns where its numbers are to be stored */
export function addRecord(list: i32): usize {
  const count = recordCount(list);
  store<i32>(placeOf(list), count + 1, COUNT);
  return firstRecord(list) + <usize>count * bytesOfOne(list);
}
