import { skipSpace, trimmedEnd } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan, type JoinedPiece, type JoinedText } from "./joined-text.ts";

/** The text on each physical line it touches, blanks around it taken off. */
export function visiblePieces(joined: JoinedText): readonly Span[] {
  const [first, ...others] = joined.pieces;
  if (first === undefined) return [];
  const piece = visiblePiece(joined, first);
  const found = piece === null ? [] : [piece];
  for (const other of others) {
    const more = visiblePiece(joined, other);
    if (more !== null) found.push(more);
  }
  return found;
}

function visiblePiece(joined: JoinedText, piece: JoinedPiece): Span | null {
  const end = piece.from + (piece.span.end - piece.span.start);
  const from = skipSpace(joined.text, piece.from, end);
  const to = trimmedEnd(joined.text, from, end);
  if (from === piece.from && to === end) return to > from ? piece.span : null;
  return to > from ? documentSpan(joined, from, to) : null;
}
