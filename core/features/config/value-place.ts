import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { isAlnumCode, isSpaceCode, skipSpace } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";

/** A place inside a value: what stands before the cursor decides what may be written there. */
export interface ValuePlace {
  readonly parameter: string;
  /** The service of an `-o`; null in main.cf. */
  readonly service: MasterService | null;
  /** The value up to the cursor, comment lines left out, line breaks as blanks. */
  readonly before: string;
  /** Words of a list may be separated by blanks: not inside `-o name=value`, where a blank ends the argument. */
  readonly takesBlanks: boolean;
  readonly offset: number;
  /** From the start of the word under the cursor to its end. */
  readonly word: Span;
  /** The word up to the cursor. */
  readonly typed: string;
}

/** Place within a value whose text starts at `from` of the document. */
export function valuePlace(
  text: string,
  from: number,
  offset: number,
  where: Pick<ValuePlace, "parameter" | "service" | "takesBlanks">,
): ValuePlace {
  const before = withoutComments(text.slice(from, offset));
  let start = offset;
  while (start > from && !isBreak(text.charCodeAt(start - 1))) start -= 1;
  let end = offset;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end += 1;
  return { ...where, before, offset, word: span(start, end), typed: text.slice(start, offset) };
}

/** `$na`, `${na`, `$(na`: the name being written and where; null elsewhere. */
export function referenceTyped(text: string, offset: number): { readonly typed: string; readonly span: Span } | null {
  let start = offset;
  while (start > 0 && isNameCode(text.charCodeAt(start - 1))) start -= 1;
  const opener = text.charAt(start - 1);
  const dollar = opener === "{" || opener === "(" ? start - 2 : start - 1;
  if (text.charAt(dollar) !== "$") return null;
  let dollars = 0;
  while (text.charAt(dollar - dollars) === "$") dollars += 1;
  // `$$` stands for a dollar sign.
  if (dollars % 2 === 0) return null;
  let end = offset;
  while (end < text.length && isNameCode(text.charCodeAt(end))) end += 1;
  return { typed: text.slice(start, offset), span: span(start, end) };
}

/** The complete words of a list before the word at its end. */
export function wordsBefore(before: string): readonly string[] {
  const words = before.split(/[\s,]/);
  return words.slice(0, -1).filter((word) => word !== "");
}

export function isNameCode(code: number): boolean {
  return isAlnumCode(code) || code === 95;
}

function isBreak(code: number): boolean {
  return isSpaceCode(code) || code === 44 || code === 123 || code === 125;
}

function withoutComments(text: string): string {
  if (!text.includes("\n")) return text;
  const [first = "", ...rest] = text.split("\n");
  const lines = rest.filter((line) => line.charAt(skipSpace(line, 0)) !== "#");
  return [first, ...lines].join(" ");
}
