import { countLeading } from "../collections/count-leading.ts";
import { type CutLines, cutLines } from "./cut-lines.ts";
import { createLineRanges } from "./line-ranges.ts";
import { createLineStore, type LineStore, spliceMany } from "./line-store.ts";
import type { LogEngine } from "./log-engine.ts";
import type { TextLine } from "./text-line.ts";

/** A line that a catalogue entry explains. */
export interface ProblemLine {
  /** Zero-based. */
  readonly line: number;
  readonly entryId: string;
}

/**
 * A log open in an editor. Lines end at LF, CRLF or a lone CR, as LSP says; `character` counts UTF-16 code units.
 * Positions outside the text are clamped.
 */
export interface LogDocument {
  /** One more than there are line breaks. */
  readonly lineCount: number;
  /** Without its break; empty for a line that does not exist. */
  lineText(line: number): string;
  /** The line, understood, a giant one its first `LONGEST_READ` characters. Parsed when asked for. */
  line(line: number): TextLine;
  /**
   * Replace a range by a text. The text is changed at once. The lines it touches, and no others, are read for the problem index: at once, or by
   * `reading` where the text is a long one. Of many lines those stay that are the same as before at the start and at the end of the text.
   * @returns which lines, as they were counted before, have become others
   */
  change(
    startLine: number,
    startCharacter: number,
    endLine: number,
    endCharacter: number,
    newText: string,
  ): { readonly first: number; readonly last: number };
  /** Every line was read for the problem index. */
  readonly isRead: boolean;
  /**
   * Reads what was not read yet, also what changes add meanwhile, and pauses after each piece, which takes about a millisecond. Several may be under way:
   * no line is read twice.
   */
  reading(): Generator<void>;
  /**
   * The lines with an entry, in order, of those that were read. Kept up to date by every change; the array is a view, valid until the next change. The same
   * object stands for the same text, wherever its line has moved.
   */
  problems(): readonly ProblemLine[];
  /** How many problems there are of each entry; a view too. */
  counts(): ReadonlyMap<string, number>;
  /** @param onChange told the first line from which on lines and problems may be others than before */
  watch(onChange: (first: number) => void): void;
}

/** A problem whose line moves when lines are inserted or removed above it. */
interface MovingProblem {
  line: number;
  readonly entryId: string;
}

/** No program logs lines so long; reading time grows with a line's length, and a file without line breaks is one line. */
export const LONGEST_READ = 250_000;
/** Characters read without a pause. */
const PIECE = 16_384;

/**
 * A document of `text`; every line is read once for the problem index.
 * @param readAtOnce texts of more characters, the first one and those that changes bring, are left to `reading`
 */
export function createLogDocument(
  engine: LogEngine,
  text: string,
  readAtOnce: number = Number.POSITIVE_INFINITY,
): LogDocument {
  const lines = createLineStore();
  const problems: MovingProblem[] = [];
  const counts = new Map<string, number>();
  const unread = createLineRanges();
  let tell: (first: number) => void = () => undefined;
  const whole = cutLines("", text, "");
  replaceLines(0, 0, whole, 0, whole.count, text.length > readAtOnce);

  function problemsOf(first: number, end: number): MovingProblem[] {
    const found: MovingProblem[] = [];
    for (let line = first; line < end; line += 1) {
      const entryId = engine.entryOf(readable(lines.at(line)));
      if (entryId !== null) found.push({ line, entryId });
    }
    return found;
  }

  function addProblems(at: number, removed: number, found: readonly MovingProblem[]): void {
    for (const { entryId } of problems.slice(at, at + removed)) count(entryId, -1);
    for (const { entryId } of found) count(entryId, 1);
    spliceMany(problems, at, removed, found);
  }

  function count(entryId: string, more: number): void {
    const now = (counts.get(entryId) ?? 0) + more;
    if (now === 0) counts.delete(entryId);
    else counts.set(entryId, now);
  }

  /** The lines `first` to before `end` become those of `added` from `from` to before `to`. */
  function replaceLines(first: number, end: number, added: CutLines, from: number, to: number, isLong: boolean): void {
    const grownTo = to - from;
    lines.replace(first, end - first, added, from, to);
    unread.replace(first, end - first, grownTo, isLong);
    const at = problemIndex(problems, first);
    const behind = problemIndex(problems, end);
    const grown = grownTo - (end - first);
    if (grown !== 0) {
      // What lies behind moves; behind an appended line there is nothing.
      for (const problem of problems.slice(behind)) problem.line += grown;
    }
    addProblems(at, behind - at, isLong ? [] : problemsOf(first, first + grownTo));
    tell(first);
  }

  function readPiece(start: number, end: number): void {
    let to = start;
    for (let size = 0; to < end && size < PIECE; to += 1)
      size += LINE_COST + Math.min(lines.at(to).length, LONGEST_READ);
    unread.drop(to - start);
    const found = problemsOf(start, to);
    if (found.length === 0) return;
    addProblems(problemIndex(problems, start), 0, found);
    tell(start);
  }

  return {
    get lineCount() {
      return lines.count;
    },
    lineText: (line) => lines.at(line),
    line: (line) => engine.readText(readable(lines.at(line))),
    change(startLine, startCharacter, endLine, endCharacter, newText) {
      const first = clamp(startLine, lines.count - 1);
      const last = Math.max(first, clamp(endLine, lines.count - 1));
      const before = lines.at(first);
      const after = lines.at(last);
      // A line number beyond the last means the end of the text.
      const from = startLine >= lines.count ? before.length : clamp(startCharacter, before.length);
      const to = endLine >= lines.count ? after.length : clamp(endCharacter, after.length);
      const kept = first === last ? Math.max(from, to) : to;
      const added = cutLines(before.slice(0, from), newText, after.slice(kept));
      if (last - first < FEW) {
        replaceLines(first, last + 1, added, 0, added.count, newText.length > readAtOnce);
        return { first, last };
      }
      // Some editors send all of a text again, where a log has grown.
      const { head, tail } = sameLines(lines, first, last, added);
      let length = 0;
      for (let index = head; index < added.count - tail; index += 1) length += added.at(index).length + 1;
      replaceLines(first + head, last + 1 - tail, added, head, added.count - tail, length > readAtOnce);
      return { first: first + head, last: last - tail };
    },
    get isRead() {
      return unread.first === null;
    },
    *reading() {
      for (let range = unread.first; range !== null; range = unread.first) {
        readPiece(range.start, range.end);
        yield;
      }
    },
    problems: () => problems,
    counts: () => counts,
    watch(onChange) {
      tell = onChange;
    },
  };
}

/** Lines that are read again sooner than compared. */
const FEW = 100;

/** How many lines at the start and at the end of `added` are those of `lines` from `first` to `last`; one at least is not counted. */
function sameLines(
  lines: LineStore,
  first: number,
  last: number,
  added: CutLines,
): { readonly head: number; readonly tail: number } {
  const most = Math.min(last - first + 1, added.count) - 1;
  let head = 0;
  while (head < most && lines.at(first + head) === added.at(head)) head += 1;
  let tail = 0;
  while (head + tail < most && lines.at(last - tail) === added.at(added.count - 1 - tail)) tail += 1;
  return { head, tail };
}

/** What any line costs beside its length. */
const LINE_COST = 50;

function readable(line: string): string {
  return line.length > LONGEST_READ ? line.slice(0, LONGEST_READ) : line;
}

function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(Math.trunc(value), highest));
}

/** Index of the first problem at or after a line. */
export function problemIndex(problems: readonly ProblemLine[], line: number): number {
  return countLeading(problems.length, (index) => (problems[index]?.line ?? 0) < line);
}
