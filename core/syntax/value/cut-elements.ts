import { skipSpace, trimmedEnd } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import type { JoinedPiece, JoinedText } from "../lines/joined-text.ts";
import { isFirstOnLine, lineAt, lineFeedAt } from "../lines/line-at.ts";
import { isListSeparator } from "./list.ts";

/** What can be cut: a list element, a word of a master.cf entry. Offsets in the joined text. */
export interface CutElement {
  readonly from: number;
  readonly to: number;
}

/** The part of a list element on one physical line. */
export interface Atom {
  readonly span: Span;
  readonly removed: boolean;
}

/** A physical line as far as the value reaches into it. */
export interface ListLine {
  /** What of the value stands on this line, separators and indentation included. */
  readonly value: Span;
  readonly atoms: readonly Atom[];
}

const HASH = 35;

/** Each line's atoms. Elements and pieces both run in order, so one walk over the two suffices. */
export function listLines(
  value: JoinedText,
  elements: readonly CutElement[],
  removed: ReadonlySet<number>,
): readonly ListLine[] {
  const lines: ListLine[] = [];
  let next = 0;
  for (const piece of value.pieces) {
    const end = piece.from + (piece.span.end - piece.span.start);
    const atoms: Atom[] = [];
    for (let index = next; index < elements.length; index += 1) {
      const element = elements[index];
      if (element === undefined || element.from >= end) break;
      const atom = atomOf(value.text, piece, element, end);
      if (atom !== null) atoms.push({ span: atom, removed: removed.has(index) });
      if (element.to <= end) next = index + 1;
    }
    lines.push({ value: piece.span, atoms });
  }
  return lines;
}

function atomOf(text: string, piece: JoinedPiece, element: CutElement, pieceEnd: number): Span | null {
  const from = skipSpace(text, Math.max(element.from, piece.from), Math.min(element.to, pieceEnd));
  const to = trimmedEnd(text, from, Math.min(element.to, pieceEnd));
  const shift = piece.span.start - piece.from;
  return to > from ? span(from + shift, to + shift) : null;
}

/** Nothing of the list is left on this line, but something else is: the name, or what follows a `-o` value. */
function emptyLine(source: string, line: ListLine, beforeOnLine: boolean, afterOnLine: boolean): Span {
  const first = line.atoms[0]?.span.start ?? line.value.start;
  const last = line.atoms.at(-1)?.span.end ?? first;
  let start = first;
  // Without anything in front the blanks are the indentation that makes this a continuation line.
  if (beforeOnLine) while (start > line.value.start && isListSeparator(source.charCodeAt(start - 1))) start -= 1;
  const end = trimmedEnd(source, last, line.value.end);
  if (beforeOnLine && !afterOnLine) {
    while (source.charCodeAt(start - 1) === 32 || source.charCodeAt(start - 1) === 9) start -= 1;
  }
  return span(start, end);
}

/** Spans to delete on one line so that neighbours stay apart; null if what stays would read as a comment. */
export function cutLine(source: string, line: ListLine): readonly Span[] | null {
  if (!line.atoms.some((atom) => atom.removed)) return [];
  const before = !isFirstOnLine(source, line.value.start);
  const feed = lineFeedAt(source, line.value.end);
  const after = skipSpace(source, line.value.end, feed) < feed;
  if (line.atoms.every((atom) => atom.removed)) {
    return before || after ? [emptyLine(source, line, before, after)] : [lineAt(source, line.value.start)];
  }
  const cuts: Span[] = [];
  for (let index = 0; index < line.atoms.length; index += 1) {
    const first = line.atoms[index];
    if (first === undefined || !first.removed) continue;
    while (line.atoms[index + 1]?.removed === true) index += 1;
    const last = line.atoms[index] ?? first;
    const following = line.atoms[index + 1];
    const previous = line.atoms[line.atoms.indexOf(first) - 1];
    if (following !== undefined) {
      const startsLine = isFirstOnLine(source, first.span.start);
      if (startsLine && source.charCodeAt(following.span.start) === HASH) return null;
      cuts.push(span(first.span.start, following.span.start));
    } else if (previous !== undefined) {
      cuts.push(span(previous.span.end, last.span.end));
    }
  }
  return cuts;
}
