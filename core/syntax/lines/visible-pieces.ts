import { skipSpace, trimmedEnd } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan, type JoinedText } from "./joined-text.ts";

/** The text on each physical line it touches, blanks around it taken off. */
export function visiblePieces(joined: JoinedText): readonly Span[] {
  const pieces: Span[] = [];
  for (const piece of joined.pieces) {
    const end = piece.from + (piece.span.end - piece.span.start);
    const from = skipSpace(joined.text, piece.from, end);
    const to = trimmedEnd(joined.text, from, end);
    if (to > from) pieces.push(documentSpan(joined, from, to));
  }
  return pieces;
}
