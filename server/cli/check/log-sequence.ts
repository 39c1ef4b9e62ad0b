import path from "node:path";
import { createRecentLines, type RecentLines } from "@postmaster/core/cause/recent-lines.ts";
import { withoutRotation } from "@postmaster/core/log/rotation.ts";
import type { TextLine } from "@postmaster/core/log/text-line.ts";
import { TIME_HERE } from "../../host/time-reference.ts";
import type { Input } from "../../input/open-input.ts";
import { firstMoment } from "../../report/read-order.ts";

/** One file of a log that was cut into several by rotation. */
export interface LogPiece {
  /** The explained lines of this file and of those before it; their numbers are those that `numberOf` makes. */
  readonly recent: RecentLines;
  /** A number for a line of this file (from 1), larger than that of every line of the files before. */
  numberOf(line: number): number;
  /** The file and the line (from 1) of such a number. */
  placeOf(number: number): { readonly file: string; readonly line: number };
  /** What follows stands in a file of the same name that took the place of this one. @param before what is said of this one from now on */
  replaced(before: string): LogPiece;
}

/** The logs of one run, those that were rotated away from one log being one sequence. */
export interface LogSequences {
  /** A log is told after those that are older than it (`oldestFirst`). */
  begin(input: Input): LogPiece;
}

/** Lines that no file has. */
const LINES = 2 ** 40;
const YEAR = 365 * 86_400_000;

/** @param read understands a line @param entryId what the number of an entry means */
export function createLogSequences(read: (text: string) => TextLine, entryId: (entry: number) => string): LogSequences {
  const recent = (): RecentLines => createRecentLines(read, entryId);
  let last: { readonly log: string; readonly input: Input; readonly pieces: Pieces } | null = null;
  return {
    begin(input) {
      const log = logOf(input);
      if (log === null) return beginPieces(recent()).begin(input.name);
      const pieces = last?.log === log && goesOn(last.input, input) ? last.pieces : beginPieces(recent());
      last = { log, input, pieces };
      return pieces.begin(input.name);
    },
  };
}

/** Stamps may lack the year: what stands a year apart must not look as if it stood seconds apart. Without stamps nobody knows how far apart it stands. */
function goesOn(older: Input, newer: Input): boolean {
  const [before, after] = [momentOf(older), momentOf(newer)];
  return before > 0 && after >= before && after - before < YEAR;
}

/** ms since 1970 of the first line that tells; 0 where none does. */
export function momentOf(input: Input): number {
  return firstMoment(input, TIME_HERE);
}

/** What the files that rotation made of one log have in common: folder and name. Null for the standard input, which has neither. */
export function logOf({ path: file }: Pick<Input, "path">): string | null {
  return file === null ? null : path.join(path.dirname(file), withoutRotation(path.basename(file).toLowerCase()));
}

interface Pieces {
  begin(name: string): LogPiece;
}

function beginPieces(recent: RecentLines): Pieces {
  const names: string[] = [];
  return { begin };

  function begin(name: string): LogPiece {
    const index = names.push(name) - 1;
    return {
      recent,
      numberOf: (line) => index * LINES + line,
      placeOf: (number) => ({ file: names[Math.floor(number / LINES)] ?? name, line: number % LINES }),
      replaced(before) {
        names[index] = before;
        return begin(name);
      },
    };
  }
}
