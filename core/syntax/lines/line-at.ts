import { skipSpace } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";

/** Offset of the first code unit of the physical line that holds `at`. */
export function lineStartAt(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

/** Offset of the line feed that ends the line of `at`, or the end of the text. */
export function lineFeedAt(text: string, at: number): number {
  const feed = text.indexOf("\n", at);
  return feed === -1 ? text.length : feed;
}

/** The physical line that holds `at`, with its line break. */
export function lineAt(text: string, at: number): Span {
  return span(lineStartAt(text, at), Math.min(text.length, lineFeedAt(text, at) + 1));
}

/** Whether only blanks stand before `at` on its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  return skipSpace(text, lineStartAt(text, at), at) === at;
}

/** The whole physical line if `piece` is all it holds, else the piece: what to delete so that no blank line stays. */
export function lineOrPiece(text: string, piece: Span): Span {
  const feed = lineFeedAt(text, piece.end);
  const alone = isFirstOnLine(text, piece.start) && skipSpace(text, piece.end, feed) === feed;
  return alone ? lineAt(text, piece.start) : piece;
}
