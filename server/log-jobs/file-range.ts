import { readSync } from "node:fs";

const LF = 10;
const CHUNK = 256 * 1024;

/** Bytes of a line that are looked at. What follows on it is passed over, so that no line can fill the memory. */
export const LONGEST_LINE = 1024 * 1024;

/** Whole lines: `bytes[start..end)`, good until the visitor returns. Only a file's last line may lack its break, and one that is cut off at LONGEST_LINE. */
export type LinesVisitor = (bytes: Uint8Array, start: number, end: number) => void;

/** A part of a file, read piece by piece. */
export interface FileRange {
  /** Reads one piece and visits the lines that end in it. @returns false when all is read. @throws the system's error if reading fails */
  step(visit: LinesVisitor): boolean;
}

/** Memory to read into: at least so many bytes, in which what was in it before lies still. What was given earlier may be of no use once lines were visited. */
export type ReadRoom = (size: number) => Uint8Array;

/**
 * The lines of a file that start in `start..end` (bytes): ranges that adjoin have each line once. A line that goes on beyond `end` is read to its end. A
 * file that has become shorter ends early. Reads synchronously, by position: several threads may read one descriptor.
 */
export function openFileRange(fd: number, start: number, end: number, room: ReadRoom): FileRange {
  let size = CHUNK;
  /** Bytes in the buffer that begin a line whose end is not read yet. */
  let kept = 0;
  /** Where in the file the bytes behind the kept ones come from. */
  let position = Math.max(0, start - 1);
  /** Of the line before the range only its break is of interest: it may be the byte before `start`. */
  let isPassing = start > 0;

  function step(visit: LinesVisitor): boolean {
    // A line that starts at or behind the end is the next range's.
    if (position - kept >= end) return false;
    if (kept === size) size = Math.min(size * 2, LONGEST_LINE + CHUNK);
    const buffer = room(size);
    const read = readSync(fd, buffer, kept, size - kept, position);
    position += read;
    if (read === 0) {
      if (kept > 0 && !isPassing) visit(buffer, 0, kept);
      return false;
    }
    return visitWhole(buffer, kept + read, visit);
  }

  function visitWhole(buffer: Uint8Array, filled: number, visit: LinesVisitor): boolean {
    /** Where in the file the buffer's first byte comes from. */
    const origin = position - filled;
    const from = isPassing ? afterBreak(buffer, 0, filled) : 0;
    if (from === -1) {
      kept = 0;
      return true;
    }
    isPassing = false;
    if (origin + from >= end) return false;
    // The break of the last line that starts before the end of the range.
    const last = end - origin <= filled ? afterBreak(buffer, end - origin - 1, filled) : -1;
    const behind = last === -1 ? buffer.lastIndexOf(LF, filled - 1) + 1 : last;
    if (behind > from) visit(buffer, from, behind);
    if (last !== -1) return false;
    keep(Math.max(from, behind), filled, visit);
    return true;
  }

  /** What stands behind the last line break is for the next step. */
  function keep(from: number, filled: number, visit: LinesVisitor): void {
    kept = filled - from;
    if (kept >= LONGEST_LINE) {
      visit(room(size), from, from + LONGEST_LINE);
      isPassing = true;
      kept = 0;
    } else room(size).copyWithin(0, from, filled);
  }

  return { step };
}

/** Behind the next line break, -1 where there is none in `at..end`. */
function afterBreak(buffer: Uint8Array, at: number, end: number): number {
  const feed = buffer.indexOf(LF, at);
  return feed === -1 || feed >= end ? -1 : feed + 1;
}
