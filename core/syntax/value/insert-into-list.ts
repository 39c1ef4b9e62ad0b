import { skipSpace } from "../../text/ascii.ts";
import { type EditResult, edited, refused } from "../../text/edit-result.ts";
import { span } from "../../text/span.ts";
import { isWritableLine, lineBreakOf } from "../../text/writable-text.ts";
import { type JoinedPiece, type JoinedText, joinedText } from "../lines/joined-text.ts";
import { lineStartAt } from "../lines/line-at.ts";
import { type ListElement, splitList } from "./list.ts";

const COMMA = ",";

/** Whether `text` may stand in a list as one or more elements of its own. */
export function isListText(text: string): boolean {
  if (!isWritableLine(text) || text.startsWith("#")) return false;
  const { elements, problems } = splitList(joinedText(text));
  const first = elements[0];
  const last = elements.at(-1);
  if (first === undefined || last === undefined || problems.length > 0) return false;
  return first.from === 0 && last.to === text.length;
}

function pieceOf(value: JoinedText, offset: number): JoinedPiece | undefined {
  return value.pieces.findLast((piece) => piece.from <= offset);
}

function usesCommas(value: JoinedText, elements: readonly ListElement[]): boolean {
  return elements.some((element, index) => value.text.slice(element.to, elements[index + 1]?.from).includes(COMMA));
}

/** The indentation that continuation lines of this value have, or null if it stands on one line. */
function continuationIndent(source: string, value: JoinedText): string | null {
  for (const piece of value.pieces) {
    const start = lineStartAt(source, piece.span.start);
    const first = skipSpace(source, start, piece.span.end);
    if (first > start && first >= piece.span.start) return source.slice(start, first);
  }
  return null;
}

/** Whether the list is written one item a line around this element: no other comma-separated element shares its line. */
function hasOwnLine(value: JoinedText, elements: readonly ListElement[], element: ListElement): boolean {
  if (value.pieces.length < 2) return false;
  const piece = pieceOf(value, element.from);
  if (piece === undefined) return false;
  const end = piece.from + (piece.span.end - piece.span.start);
  const here = elements.filter((other) => other.from >= piece.from && other.from < end);
  return here.every((other, index) => {
    const next = here[index + 1];
    return next === undefined || !value.text.slice(other.to, next.from).includes(COMMA);
  });
}

/**
 * Insert `text` (an element, or a restriction with its argument) before or after an element, in the style of the list.
 * In an empty list the index is ignored: `text` becomes the value.
 */
export function insertIntoList(
  source: string,
  value: JoinedText,
  where: "before" | "after",
  index: number,
  text: string,
): EditResult {
  if (!isListText(text)) return refused("unsafe-text");
  const { elements, problems } = splitList(value);
  if (problems.some((problem) => problem.kind === "unbalanced-brace")) return refused("not-understood");
  const element = elements[index];
  if (elements.length === 0) {
    const end = value.pieces.at(-1)?.span.end ?? value.origin;
    const space = value.pieces.length === 0 ? spaceAfterEquals(source, value.origin) : "";
    return edited({ span: span(value.pieces[0]?.span.start ?? end, end), newText: space + text });
  }
  if (element === undefined) return refused("not-found");
  const separator = usesCommas(value, elements) || elements.length === 1 ? COMMA : "";
  // A `#` element pushed to the start of a line would become a comment.
  const movesHash = where === "before" && element.text.startsWith("#");
  const indent = !movesHash && hasOwnLine(value, elements, element) ? continuationIndent(source, value) : null;
  const gap = indent === null ? " " : lineBreakOf(source) + indent;
  const { start, end } = element.span;
  return where === "before"
    ? edited({ span: span(start, start), newText: text + separator + gap })
    : edited({ span: span(end, end), newText: separator + gap + text });
}

/** `name = value` is written with a space, `name=value` without: as the text before the `=` is. */
export function spaceAfterEquals(source: string, afterEquals: number): string {
  const before = source.charCodeAt(afterEquals - 2);
  return before === 32 || before === 9 ? " " : "";
}

/** Replace one element by another text. */
export function replaceInList(source: string, value: JoinedText, index: number, text: string): EditResult {
  if (!isListText(text)) return refused("unsafe-text");
  const element = splitList(value).elements[index];
  if (element === undefined) return refused("not-found");
  if (source.slice(element.span.start, element.span.end) === text) return edited();
  if (pieceOf(value, element.from) !== pieceOf(value, element.to - 1)) return refused("not-understood", element.span);
  return edited({ span: element.span, newText: text });
}
