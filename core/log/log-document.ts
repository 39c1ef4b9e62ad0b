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
  /** The line, understood. Parsed when asked for. */
  line(line: number): TextLine;
  /** Replace a range by a text. Reads only the lines it touches: appending a line costs that line. */
  change(startLine: number, startCharacter: number, endLine: number, endCharacter: number, newText: string): void;
  /**
   * The lines with an entry, in order. Kept up to date by every change; the array is a view, valid until the next
   * change.
   */
  problems(): readonly ProblemLine[];
}

/** A problem whose line moves when lines are inserted or removed above it. */
interface MovingProblem {
  line: number;
  readonly entryId: string;
}

/** A document of `text`; every line is read once for the problem index. */
export function createLogDocument(engine: LogEngine, text: string): LogDocument {
  const lines = splitLines(text);
  const problems = problemsOf(lines, 0);

  function problemsOf(read: readonly string[], first: number): MovingProblem[] {
    const found: MovingProblem[] = [];
    read.forEach((line, index) => {
      const entryId = engine.entryOf(line);
      if (entryId !== null) found.push({ line: first + index, entryId });
    });
    return found;
  }

  function replaceLines(first: number, last: number, added: readonly string[]): void {
    const grown = added.length - (last - first + 1);
    const from = problemIndex(problems, first);
    const found = problemsOf(added, first);
    spliceMany(problems, from, problemIndex(problems, last + 1) - from, found);
    if (grown !== 0) {
      // What lies behind moves; behind an appended line there is nothing.
      for (const problem of problems.slice(from + found.length)) problem.line += grown;
    }
    spliceMany(lines, first, last - first + 1, added);
  }

  return {
    get lineCount() {
      return lines.length;
    },
    lineText: (line) => lines[line] ?? "",
    line: (line) => engine.readText(lines[line] ?? ""),
    change(startLine, startCharacter, endLine, endCharacter, newText) {
      const first = clamp(startLine, lines.length - 1);
      const last = Math.max(first, clamp(endLine, lines.length - 1));
      const before = lines[first] ?? "";
      const after = lines[last] ?? "";
      // A line number beyond the last means the end of the text.
      const from = startLine >= lines.length ? before.length : clamp(startCharacter, before.length);
      const to = endLine >= lines.length ? after.length : clamp(endCharacter, after.length);
      const kept = first === last ? Math.max(from, to) : to;
      replaceLines(first, last, splitLines(before.slice(0, from) + newText + after.slice(kept)));
    },
    problems: () => problems,
  };
}

function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(Math.trunc(value), highest));
}

/** Index of the first problem at or after a line. */
function problemIndex(problems: readonly ProblemLine[], line: number): number {
  let low = 0;
  let high = problems.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((problems[middle]?.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `Array.splice` in pieces: as many arguments as a large file has lines overflow the stack. */
function spliceMany<Item>(items: Item[], at: number, removed: number, added: readonly Item[]): void {
  const piece = 4096;
  if (added.length <= piece) {
    items.splice(at, removed, ...added);
    return;
  }
  const behind = items.slice(at + removed);
  items.length = at;
  for (const item of added) items.push(item);
  for (const item of behind) items.push(item);
}

function splitLines(text: string): string[] {
  const lines: string[] = [];
  let start = 0;
  let nextCr = text.indexOf("\r");
  let nextLf = text.indexOf("\n");
  while (nextCr !== -1 || nextLf !== -1) {
    const loneCr = nextCr !== -1 && (nextLf === -1 || nextCr < nextLf - 1);
    const end = nextCr !== -1 && (nextLf === -1 || nextCr < nextLf) ? nextCr : nextLf;
    lines.push(text.slice(start, end));
    start = loneCr ? end + 1 : nextLf + 1;
    if (nextCr !== -1 && nextCr < start) nextCr = text.indexOf("\r", start);
    if (nextLf !== -1 && nextLf < start) nextLf = text.indexOf("\n", start);
  }
  lines.push(text.slice(start));
  return lines;
}
