import { countLeading } from "../../collections/count-leading.ts";
import { type Span, span } from "../../text/span.ts";

/** A stretch of joined text and where it stands in the document. */
export interface JoinedPiece {
  /** Offset in the joined text. */
  readonly from: number;
  /** Offsets in the document; as long as the piece. */
  readonly span: Span;
}

/** Text that Postfix sees as one, although it stands in several pieces of the document (continuation lines). */
export interface JoinedText {
  readonly text: string;
  /** In order, without gaps in the joined text, none empty. */
  readonly pieces: readonly JoinedPiece[];
  /** Document offset for the empty text, which has no pieces. */
  readonly origin: number;
}

/** A text that stands in one piece, at `offset` of its document. */
export function joinedText(text: string, offset = 0): JoinedText {
  const pieces = text === "" ? [] : [{ from: 0, span: span(offset, offset + text.length) }];
  return { text, pieces, origin: offset };
}

/** Index of the piece that holds joined offset `at`; the last piece for the offset after the text. */
function pieceIndexAt(joined: JoinedText, at: number): number {
  return Math.max(0, countLeading(joined.pieces.length, (index) => (joined.pieces[index]?.from ?? 0) <= at) - 1);
}

function documentOffset(joined: JoinedText, at: number): number {
  const piece = joined.pieces[pieceIndexAt(joined, at)];
  return piece === undefined ? joined.origin : piece.span.start + (at - piece.from);
}

/** Document span of a range of the joined text; a range over several pieces spans the comments between them too. */
export function documentSpan(joined: JoinedText, start: number, end: number): Span {
  const from = documentOffset(joined, start);
  return span(from, end > start ? documentOffset(joined, end - 1) + 1 : from);
}

/** From the first code unit to the last one, over all pieces. */
export function wholeSpan({ pieces, origin }: JoinedText): Span {
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return span(origin, origin);
  return first === last ? first.span : span(first.span.start, last.span.end);
}

/** A range of the joined text, its pieces kept. */
export function sliceJoined(joined: JoinedText, start: number, end: number): JoinedText {
  const origin = documentOffset(joined, start);
  if (end <= start) return { text: "", pieces: [], origin };
  if (joined.pieces.length === 1) return joinedText(joined.text.slice(start, end), origin);
  const pieces: JoinedPiece[] = [];
  for (let index = pieceIndexAt(joined, start); index < joined.pieces.length; index += 1) {
    const piece = joined.pieces[index];
    if (piece === undefined || piece.from >= end) break;
    const from = Math.max(start, piece.from);
    const to = Math.min(end, piece.from + (piece.span.end - piece.span.start));
    const shift = piece.span.start - piece.from;
    if (to > from) pieces.push({ from: from - start, span: span(from + shift, to + shift) });
  }
  return { text: joined.text.slice(start, end), pieces, origin };
}
