import { countLeading } from "../collections/count-leading.ts";

/** A place in a text: both zero-based, `character` in UTF-16 code units, as LSP counts by default. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where the lines of a text start. A line ends after LF; a CR before it belongs to the line's content end. */
export interface LineIndex {
  readonly lineCount: number;
  /** Offset of the first code unit of a line. */
  lineStart(line: number): number;
  /** Offset after the last code unit of a line, its line break excluded. */
  lineEnd(line: number): number;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

const LF = 10;
const CR = 13;

/** Index a text once; every query after that is a binary search at most. Out-of-range arguments are clamped. */
export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);

  const clampLine = (line: number): number => Math.max(0, Math.min(line, starts.length - 1));
  const lineStart = (line: number): number => starts[clampLine(line)] ?? 0;
  const lineEnd = (line: number): number => {
    const next = starts[clampLine(line) + 1];
    if (next === undefined) return text.length;
    const end = next - 1;
    return end > lineStart(line) && text.charCodeAt(end - 1) === CR && text.charCodeAt(end) === LF ? end - 1 : end;
  };
  return {
    lineCount: starts.length,
    lineStart,
    lineEnd,
    positionAt(offset) {
      const wanted = Math.max(0, Math.min(offset, text.length));
      // The first line starts at 0, so there is always one.
      const line = countLeading(starts.length, (index) => (starts[index] ?? 0) <= wanted) - 1;
      return { line, character: wanted - lineStart(line) };
    },
    offsetAt(position) {
      if (position.line >= starts.length) return text.length;
      return Math.min(lineStart(position.line) + Math.max(0, position.character), lineEnd(position.line));
    },
  };
}
