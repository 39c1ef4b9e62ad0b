import type { LineIndex } from "@postmaster/core/text/line-index.ts";
import { cutTail, type TextParts } from "@postmaster/core/text/text-parts.ts";
import type { Position, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { indexLspLines } from "./positions.ts";

/** The text of an open document at one moment. A change makes another one. */
export interface OpenText {
  /** V8 puts the parts together when somebody reads it. */
  readonly text: string;
  readonly parts: TextParts;
  /** Lines as LSP counts them: one more than there are line breaks. */
  readonly lineCount: number;
  /** Without its break; empty for a line that does not exist. */
  lineText(line: number): string;
  /** Positions outside the text are clamped, and a range may be given backwards. */
  changed(change: TextDocumentContentChangeEvent): OpenText;
}

/** A longer tail becomes part of the head. */
const LONGEST_TAIL = 65_536;

export function openText(text: string): OpenText {
  const parts = cutTail(text);
  return ofParts(text, parts, indexLspLines(parts.head));
}

/** @param headLines where the lines of the head are: as long as only the tail changes they are not looked for again */
function ofParts(text: string, parts: TextParts, headLines: LineIndex): OpenText {
  const { head, tail } = parts;
  const tailLines = indexLspLines(tail);
  // The head's last line is the tail's first one.
  const above = headLines.lineCount - 1;

  function offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    return line < above
      ? headLines.offsetAt({ line, character })
      : head.length + tailLines.offsetAt({ line: line - above, character });
  }

  function replaced(start: number, end: number, newText: string): OpenText {
    const isInTail = start >= head.length && tail.length + newText.length <= LONGEST_TAIL;
    if (!isInTail) return openText(text.slice(0, start) + newText + text.slice(end));
    const changed = tail.slice(0, start - head.length) + newText + tail.slice(end - head.length);
    return ofParts(head + changed, { head, tail: changed }, headLines);
  }

  return {
    text,
    parts,
    lineCount: above + tailLines.lineCount,
    lineText(line) {
      const [part, lines, at] = line < above ? [head, headLines, line] : [tail, tailLines, line - above];
      return at >= 0 && at < lines.lineCount ? part.slice(lines.lineStart(at), lines.lineEnd(at)) : "";
    },
    changed(change) {
      if (!("range" in change)) return openText(change.text);
      const from = offsetAt(change.range.start);
      const to = offsetAt(change.range.end);
      return replaced(Math.min(from, to), Math.max(from, to), change.text);
    },
  };
}
