import type { LineIndex } from "./line-index.ts";

/**
 * A text in parts. As long as only the tail and a few places of the head change, the head is the same string: what was read of it need not be read again, and
 * the whole of a long text need not be put together at each keystroke.
 */
export interface TextParts {
  /** Empty, or it ends with a line feed. Without its patches. */
  readonly head: string;
  /** What stands in the head's place somewhere: in order, no two touch, none reaches the head's end. */
  readonly patches?: readonly TextPatch[];
  readonly tail: string;
  /** Of the whole, as the editor counts lines, where somebody keeps them. */
  readonly lines?: LineIndex;
  /** The same of the head: one object as long as the head is the same. */
  readonly headLines?: LineIndex;
}

/** Whole lines of the head, from `start` to `end`, and those that are there instead, one at least. */
export interface TextPatch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** UTF-16 code units, or a line's length more. */
const TAIL = 4096;

/** Cuts a text before its last lines; a short one is all tail. */
export function cutTail(text: string): TextParts {
  const cut = text.length <= TAIL ? 0 : text.lastIndexOf("\n", text.length - TAIL - 1) + 1;
  return { head: text.slice(0, cut), tail: text.slice(cut) };
}

/** A stretch of a text: from `from` on `length` code units of `source`, which stand at `start` in the whole. */
export interface TextPiece {
  readonly source: string;
  readonly from: number;
  readonly length: number;
  readonly start: number;
}

/** The stretches that make the whole, the tail the last, even if it is empty. */
export function piecesOf({ head, patches = [], tail }: TextParts): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let start = 0;
  let from = 0;
  const add = (source: string, at: number, length: number): void => {
    if (length > 0) pieces.push({ source, from: at, length, start });
    start += length;
  };
  for (const patch of patches) {
    add(head, from, patch.start - from);
    add(patch.text, 0, patch.text.length);
    from = patch.end;
  }
  add(head, from, head.length - from);
  return [...pieces, { source: tail, from: 0, length: tail.length, start }];
}

/** The whole; V8 puts it together when somebody reads it. */
export function joinPieces(pieces: readonly TextPiece[]): string {
  return pieces.reduce((text, { source, from, length }) => text + source.slice(from, from + length), "");
}

/** A part of the whole, which is not put together for it. */
export function sliceOf(pieces: readonly TextPiece[], from: number, to: number): string {
  let text = "";
  for (const piece of pieces) {
    const low = Math.max(from, piece.start);
    const high = Math.min(to, piece.start + piece.length);
    const shift = piece.from - piece.start;
    if (low < high) text += piece.source.slice(low + shift, high + shift);
  }
  return text;
}
