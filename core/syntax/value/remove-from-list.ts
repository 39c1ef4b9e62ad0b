import { isSpaceCode, trimmedEnd } from "../../text/ascii.ts";
import { type EditResult, edited, refused } from "../../text/edit-result.ts";
import { type Span, span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import type { JoinedText } from "../lines/joined-text.ts";
import { cutLine, type ListLine, listLines } from "./cut-elements.ts";
import { splitList } from "./list.ts";

const COMMA = 44;

/** The comma that a removed last element leaves behind on an earlier line. */
function danglingComma(source: string, value: JoinedText, lines: readonly ListLine[]): Span | null {
  const lastLine = lines.findLastIndex((line) => line.atoms.length > 0);
  const keptLine = lines.findLastIndex((line) => line.atoms.some((atom) => !atom.removed));
  const kept = lines[keptLine]?.atoms.findLast((atom) => !atom.removed);
  if (kept === undefined || keptLine === lastLine || lines[lastLine]?.atoms.at(-1)?.removed !== true) return null;
  if (value.text.charCodeAt(trimmedEnd(value.text, 0) - 1) === COMMA) return null;
  // A removed run behind the kept element on its own line is cut up to its end; the comma stands after that.
  const from = Math.max(kept.span.end, lines[keptLine]?.atoms.at(-1)?.span.end ?? 0);
  const end = lines[keptLine]?.value.end ?? from;
  let comma = from;
  while (comma < end && isSpaceCode(source.charCodeAt(comma))) comma += 1;
  return comma < end && source.charCodeAt(comma) === COMMA ? span(from, comma + 1) : null;
}

/**
 * Remove list elements with their separators. A physical line that held nothing else goes as a whole; neighbours stay apart.
 * Refuses where what stays at the start of a line would become a comment.
 */
export function removeFromList(source: string, value: JoinedText, indexes: readonly number[]): EditResult {
  const { elements } = splitList(value);
  const removed = new Set(indexes);
  if (removed.size === 0) return edited();
  for (const index of removed) if (elements[index] === undefined) return refused("not-found");
  const lines = listLines(value, elements, removed);
  const cuts: Span[] = [];
  for (const line of lines) {
    const cut = cutLine(source, line);
    if (cut === null) return refused("not-understood", line.value);
    cuts.push(...cut);
  }
  const comma = danglingComma(source, value, lines);
  if (comma !== null) cuts.push(comma);
  const edits: TextEdit[] = cuts.map((at) => ({ span: at, newText: "" }));
  return { ok: true, edits };
}
