import { countLeading } from "../collections/count-leading.ts";
import type { LineIndex } from "./line-index.ts";
import type { TextPiece } from "./text-parts.ts";

/** A piece, and where its lines stand among those of its source and of the whole. */
interface PieceLines {
  readonly piece: TextPiece;
  readonly index: LineIndex;
  readonly firstInSource: number;
  readonly first: number;
}

/**
 * The lines of a text in pieces, each of which begins where a line does. What is known of a long source need not be found out again for another text of which it
 * is a piece.
 * @param indexOf the lines of a whole source
 */
export function linesOfPieces(pieces: readonly TextPiece[], indexOf: (source: string) => LineIndex): LineIndex {
  const parts: PieceLines[] = [];
  let first = 0;
  for (const piece of pieces) {
    const index = indexOf(piece.source);
    const firstInSource = index.positionAt(piece.from).line;
    parts.push({ piece, index, firstInSource, first });
    first += index.positionAt(piece.from + piece.length).line - firstInSource;
  }
  const lineCount = first + 1;
  const last = parts.at(-1);
  const length = last === undefined ? 0 : last.piece.start + last.piece.length;

  const partOf = (holds: (part: PieceLines) => boolean): PieceLines | null => {
    const at = countLeading(parts.length, (index) => {
      const part = parts[index];
      return part !== undefined && holds(part);
    });
    return parts[Math.max(0, at - 1)] ?? null;
  };
  const ofLine = (line: number): PieceLines | null => partOf((part) => part.first <= line);
  const clamp = (line: number): number => Math.max(0, Math.min(line, lineCount - 1));
  const inWhole = ({ piece }: PieceLines, offset: number): number => offset - piece.from + piece.start;

  function lineStart(line: number): number {
    const part = ofLine(clamp(line));
    if (part === null) return 0;
    return inWhole(part, part.index.lineStart(clamp(line) - part.first + part.firstInSource));
  }

  function lineEnd(line: number): number {
    const part = ofLine(clamp(line));
    if (part === null) return 0;
    return inWhole(part, part.index.lineEnd(clamp(line) - part.first + part.firstInSource));
  }

  return {
    lineCount,
    lineStart,
    lineEnd,
    positionAt(offset) {
      const wanted = Math.max(0, Math.min(offset, length));
      const part = partOf(({ piece }) => piece.start <= wanted);
      if (part === null) return { line: 0, character: 0 };
      const { line, character } = part.index.positionAt(part.piece.from + wanted - part.piece.start);
      return { line: line - part.firstInSource + part.first, character };
    },
    offsetAt({ line, character }) {
      if (line >= lineCount) return length;
      return Math.min(lineStart(line) + Math.max(0, character), lineEnd(line));
    },
  };
}
