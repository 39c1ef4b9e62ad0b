import { messageLevel } from "./message-start";

/** By entry: how many of its lines were counted, and whether they are only counted. */
let counts: usize = 0;
let settled: usize = 0;
/** A bit for each level whose lines are never only counted. */
let visitedLevels: u32 = 0;

export function setTally(countList: usize, settledList: usize, levels: u32): void {
  counts = countList;
  settled = settledList;
  visitedLevels = levels;
}

/** Counts the line just read, which this entry explains, if that is all that is wanted of it. */
export function tallyLine(entry: i32): bool {
  if (load<u8>(settled + <usize>entry) == 0 || ((visitedLevels >>> messageLevel()) & 1) == 1) return false;
  const count = counts + ((<usize>entry) << 2);
  store<i32>(count, load<i32>(count) + 1);
  return true;
}
