import type { LineIndex } from "@postmaster/core/text/line-index.ts";
import { linesOfPieces } from "@postmaster/core/text/piece-lines.ts";
import {
  cutTail,
  joinPieces,
  piecesOf,
  sliceOf,
  type TextParts,
  type TextPatch,
} from "@postmaster/core/text/text-parts.ts";
import type { Position, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { indexLspLines } from "./positions.ts";

/** The text of an open document at one moment. A change makes another one. */
export interface OpenText {
  /** V8 puts the parts together when somebody reads it. */
  readonly text: string;
  readonly parts: OpenParts;
  /** Lines as LSP counts them: one more than there are line breaks. */
  readonly lineCount: number;
  /** Without its break; empty for a line that does not exist. */
  lineText(line: number): string;
  /** Positions outside the text are clamped, and a range may be given backwards. */
  changed(change: TextDocumentContentChangeEvent): OpenText;
}

export interface OpenParts extends TextParts {
  readonly patches: readonly TextPatch[];
  /** Of the whole, as LSP counts them. */
  readonly lines: LineIndex;
}

/** A longer tail becomes part of the head. */
const LONGEST_TAIL = 65_536;
/** With more or longer patches all is read anew. */
const MOST_PATCHES = 50;
const LONGEST_PATCHES = 131_072;

export function openText(text: string): OpenText {
  const { head, tail } = cutTail(text);
  return ofParts(text, { head, patches: [], tail }, indexLspLines(head));
}

/** @param headLines where the lines of the head are: as long as only patches and the tail change they are not looked for again */
function ofParts(
  text: string,
  { head, patches, tail }: Pick<OpenParts, "head" | "patches" | "tail">,
  headLines: LineIndex,
): OpenText {
  const pieces = piecesOf({ head, patches, tail });
  const lines = linesOfPieces(pieces, (source) => (source === head ? headLines : indexLspLines(source)));
  const tailStart = pieces.at(-1)?.start ?? 0;

  function changedParts(
    from: number,
    to: number,
    newText: string,
  ): Pick<OpenParts, "head" | "patches" | "tail"> | null {
    if (from >= tailStart) {
      const changed = tail.slice(0, from - tailStart) + newText + tail.slice(to - tailStart);
      return tail.length + newText.length > LONGEST_TAIL ? null : { head, patches, tail: changed };
    }
    if (to >= tailStart) return null;
    const patched = patch(from, to, newText);
    if (patched === null || patched.length > MOST_PATCHES) return null;
    return patched.reduce((sum, one) => sum + one.text.length, 0) > LONGEST_PATCHES
      ? null
      : { head, patches: patched, tail };
  }

  /** The patches with a change in the head: those it touches become one with it. Null if that would reach the head's end. */
  function patch(from: number, to: number, newText: string): readonly TextPatch[] | null {
    // Whole lines, as Postfix counts them: a part of a line is none that could be read by itself.
    let start = lineStart(from);
    let end = lineEnd(to);
    const kept: TextPatch[] = [];
    let base = { start: start - shiftAt(start), end: end - shiftAt(end) };
    let shift = 0;
    for (const one of patches) {
      const at = one.start + shift;
      const until = at + one.text.length;
      shift += one.text.length - (one.end - one.start);
      if (until < start || at > end) {
        kept.push(one);
        continue;
      }
      if (at < start) [start, base] = [at, { ...base, start: one.start }];
      if (until > end) [end, base] = [until, { ...base, end: one.end }];
      base = { start: Math.min(base.start, one.start), end: Math.max(base.end, one.end) };
    }
    if (base.end >= head.length) return null;
    const changed = sliceOf(pieces, start, from) + newText + sliceOf(pieces, to, end);
    return [...kept, { ...base, text: changed }].toSorted((a, b) => a.start - b.start);
  }

  /** How much further an offset outside of all patches stands in the whole than in the head. */
  function shiftAt(offset: number): number {
    let shift = 0;
    for (const one of patches) {
      if (one.start + shift >= offset) break;
      shift += one.text.length - (one.end - one.start);
    }
    return shift;
  }

  /** Where the line of an offset begins. */
  function lineStart(offset: number): number {
    const piece = pieces.findLast(({ start }) => start <= offset);
    if (piece === undefined || piece.start === offset) return offset;
    const at = piece.from + offset - piece.start;
    return Math.max(piece.from, piece.source.lastIndexOf("\n", at - 1) + 1) - piece.from + piece.start;
  }

  /** Behind its line feed. */
  function lineEnd(offset: number): number {
    const piece = pieces.findLast(({ start }) => start <= offset);
    if (piece === undefined) return offset;
    return piece.source.indexOf("\n", piece.from + offset - piece.start) + 1 - piece.from + piece.start;
  }

  return {
    text,
    parts: { head, patches, tail, lines, headLines },
    lineCount: lines.lineCount,
    lineText: (line) =>
      line < 0 || line >= lines.lineCount ? "" : sliceOf(pieces, lines.lineStart(line), lines.lineEnd(line)),
    changed(change) {
      if (!("range" in change)) return openText(change.text);
      const offsets = [change.range.start, change.range.end].map(offsetAt);
      const [from, to] = [Math.min(...offsets), Math.max(...offsets)];
      const parts = changedParts(from, to, change.text);
      if (parts === null) return openText(text.slice(0, from) + change.text + text.slice(to));
      return ofParts(joinPieces(piecesOf(parts)), parts, headLines);
    },
  };

  function offsetAt(position: Position): number {
    return position.line < 0 ? 0 : lines.offsetAt(position);
  }
}
