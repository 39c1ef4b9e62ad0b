import { readSync } from "node:fs";

const LF = 10;
const CHUNK = 512 * 1024;

/** Bytes of a line that are looked at. What follows on it is passed over, so that no line can fill the memory. */
export const LONGEST_LINE = 1024 * 1024;

/** A line without its line break: `bytes[start..end)`, good until the visitor returns. */
export type RangeVisitor = (bytes: Uint8Array, start: number, end: number) => void;

/** A part of a file, read line by line. */
export interface FileRange {
  /** Reads one piece and visits the lines that end in it. @returns false when all is read. @throws the system's error if reading fails */
  step(visit: RangeVisitor): boolean;
}

/**
 * The lines of a file that start in `start..end` (bytes): ranges that adjoin have each line once. A line that goes on beyond `end` is read to its end. A
 * file that has become shorter ends early. Reads synchronously, by position: several threads may read one descriptor.
 */
export function openFileRange(fd: number, start: number, end: number): FileRange {
  let buffer = new Uint8Array(CHUNK);
  /** Bytes in the buffer that begin a line whose end is not read yet. */
  let kept = 0;
  /** Where in the file the bytes behind the kept ones come from. */
  let position = Math.max(0, start - 1);
  /** Of the line before the range only its break is of interest: it may be the byte before `start`. */
  let isPassing = start > 0;

  function step(visit: RangeVisitor): boolean {
    // A line that starts at or behind the end is the next range's.
    if (position - kept >= end) return false;
    if (kept === buffer.length) buffer = larger(buffer);
    const read = readSync(fd, buffer, kept, buffer.length - kept, position);
    position += read;
    if (read === 0) {
      if (kept > 0 && !isPassing) visit(buffer, 0, kept);
      return false;
    }
    return eachLine(kept + read, visit);
  }

  function eachLine(filled: number, visit: RangeVisitor): boolean {
    /** Where in the file the buffer's first byte comes from. */
    const origin = position - filled;
    let from = 0;
    for (let feed = buffer.indexOf(LF, kept); feed !== -1 && feed < filled; feed = buffer.indexOf(LF, from)) {
      if (!isPassing) {
        if (origin + from >= end) return false;
        visit(buffer, from, feed);
      }
      isPassing = false;
      from = feed + 1;
    }
    keep(from, filled, visit);
    return true;
  }

  /** What stands behind the last line break is for the next step. */
  function keep(from: number, filled: number, visit: RangeVisitor): void {
    kept = filled - from;
    if (isPassing) kept = 0;
    else if (kept >= LONGEST_LINE) {
      visit(buffer, from, from + LONGEST_LINE);
      isPassing = true;
      kept = 0;
    } else buffer.copyWithin(0, from, filled);
  }

  return { step };
}

function larger(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(Math.min(buffer.length * 2, LONGEST_LINE + CHUNK));
  grown.set(buffer);
  return grown;
}
