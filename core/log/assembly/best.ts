import { ENTRY, HINT, MESSAGE, WRITERS } from "./tables";

/** What the message being matched has found so far, and whose templates count for it. */
let bestMessage: i32 = -1;
let bestEntry: i32 = -1;
/** 1 as long as it is not known whether the message may be an explained one, and it matters. */
let wantsHint: i32 = 0;
let allowed: usize = 0;

/** @param row one byte for each set of writers */
export function beginBest(row: usize, entryOnly: bool): void {
  allowed = row;
  bestMessage = entryOnly ? i32.MAX_VALUE : -1;
  bestEntry = -1;
  wantsHint = entryOnly ? 1 : 0;
}

export function setBestMessage(score: i32): void {
  bestMessage = score;
}

export function setBestEntry(score: i32): void {
  bestEntry = score;
  wantsHint = 0;
}

export function setHinted(): void {
  wantsHint = 0;
}

/** Whether the ends of a set of writers count for the message. */
export function isAllowed(writers: u32): bool {
  return load<u8>(allowed + <usize>writers) != 0;
}

/** Whether an end counts for the message and would be better than what is found. */
export function worth(end: usize): bool {
  return (
    (load<i32>(end, MESSAGE) > bestMessage ||
      load<i32>(end, ENTRY) > bestEntry ||
      (load<i32>(end, HINT) & wantsHint) != 0) &&
    isAllowed(load<u32>(end, WRITERS))
  );
}
