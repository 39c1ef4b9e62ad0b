import type { SourceFile } from "@postmaster/core/io/file-port.ts";
import { oncePer } from "@postmaster/core/memory/remember.ts";
import { indexLines, type LineIndex } from "@postmaster/core/text/line-index.ts";
import type { Span } from "@postmaster/core/text/span.ts";
import type { TextEdit as CoreEdit } from "@postmaster/core/text/text-edit.ts";
import type { Position, Range, TextEdit } from "vscode-languageserver";

/**
 * The only place where offsets become positions and back. LSP's default: zero-based lines, UTF-16 code units, as the core counts.
 * The core ends lines at LF alone (as Postfix does), LSP at a lone CR too: texts with one would shift, so positions come from `indexLspLines`.
 */
export interface LineMap {
  readonly rangeOf: (at: Span) => Range;
  readonly offsetAt: (position: Position) => number;
}

/** Positions in one text. Keep it and ask often: the lines are looked for at the first question. */
export function mapLines(text: string, indexed: LineIndex | null = null): LineMap {
  let known = indexed;
  const lines = (): LineIndex => {
    known ??= indexLspLines(text);
    return known;
  };
  return {
    rangeOf: (at) => ({ start: lines().positionAt(at.start), end: lines().positionAt(at.end) }),
    offsetAt: (position) => lines().offsetAt(position),
  };
}

/** The same for a file, once as long as somebody has it. Of an open one they are known. */
export const linesOf = oncePer((file: SourceFile): LineMap => mapLines(file.text, file.parts?.lines ?? null));

/** Where the lines of a text start, as LSP counts them. */
export function indexLspLines(text: string): LineIndex {
  return indexLines(withLoneReturnsAsBreaks(text));
}

/** A span within one line of a log. */
export function rangeInLine(line: number, at: Span): Range {
  return { start: { line, character: at.start }, end: { line, character: at.end } };
}

/** Edits of a file as the editor has it, or will have it once it opens it: editors put a byte order mark aside. */
export function toTextEdits(
  { text, version }: Pick<SourceFile, "text" | "version">,
  edits: readonly CoreEdit[],
): TextEdit[] {
  const aside = version === null && text.startsWith("\uFEFF") ? 1 : 0;
  const lines = mapLines(text.slice(aside));
  return edits.map(({ span: { start, end }, newText }) => ({
    range: lines.rangeOf({ start: Math.max(0, start - aside), end: Math.max(0, end - aside) }),
    newText,
  }));
}

/** The same length, lone carriage returns as line feeds: only for counting lines. */
function withLoneReturnsAsBreaks(text: string): string {
  if (!text.includes("\r")) return text;
  let result = "";
  let done = 0;
  for (let at = text.indexOf("\r"); at !== -1; at = text.indexOf("\r", at + 1)) {
    if (text[at + 1] === "\n") continue;
    result += `${text.slice(done, at)}\n`;
    done = at + 1;
  }
  return result + text.slice(done);
}
