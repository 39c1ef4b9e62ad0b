import { type Span, span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import { lineBreakOf } from "../../text/writable-text.ts";
import type { ConfigDocument } from "./context.ts";
import { formatMaster } from "./format-master.ts";
import { formatParameters } from "./format-parameters.ts";
import type { FormatStyle } from "./format-style.ts";
import { formatTable } from "./format-table.ts";

/**
 * Edits that tidy a file's blanks: between the columns, around `=`, before continuation lines, at the ends of lines, and a last line break
 * where there is none. Comments stay as they are. What Postfix reads stays the same: where a blank could mean something it is left alone.
 */
export function format(document: ConfigDocument, style: FormatStyle): readonly TextEdit[] {
  const { text } = document.tree;
  const edits = [...blanksOf(document, style), ...lineEnds(document, text)];
  return distinct(edits.filter(({ span: at, newText }) => text.slice(at.start, at.end) !== newText));
}

/** The same, as far as it lies within a range. */
export function formatRange(document: ConfigDocument, style: FormatStyle, range: Span): readonly TextEdit[] {
  return format(document, style).filter(({ span: at }) => range.start <= at.start && at.end <= range.end);
}

function blanksOf(document: ConfigDocument, style: FormatStyle): readonly TextEdit[] {
  switch (document.kind) {
    case "main":
    case "client":
      return formatParameters(document.tree, style, document.kind === "main");
    case "master":
      return formatMaster(document.tree, style);
    default:
      return formatTable(document, style);
  }
}

/** Blanks at the end of blank lines and of the last line of each entry, and the line break that every file ends with. */
function lineEnds({ kind, tree }: ConfigDocument, text: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const node of tree.lines.nodes) {
    const line = node.kind === "logical" ? node.line.lines.at(-1) : node.line;
    if (line === undefined || node.kind === "comment" || isKept(text, node.span)) continue;
    // Behind an open brace of master.cf the rest of the entry is text.
    if (kind === "master" && text.slice(node.span.start, node.span.end).includes("{")) continue;
    let start = line.content.end;
    while (start > line.content.start && isBlank(text.charAt(start - 1))) start -= 1;
    if (start < line.content.end) edits.push({ span: span(start, line.content.end), newText: "" });
  }
  if (text !== "" && !text.endsWith("\n") && !text.endsWith("\r")) {
    const at = span(text.length, text.length);
    edits.push({ span: at, newText: lineBreakOf(text) });
  }
  return edits;
}

/** Entries with a NUL are cut there by Postfix: nothing in them is safe to move. */
function isKept(text: string, { start, end }: Span): boolean {
  const nul = text.indexOf("\0", start);
  return nul !== -1 && nul < end;
}

function isBlank(c: string): boolean {
  return c === " " || c === "\t";
}

/** Without edits that touch one before them: two of them meet only where both take the same blanks away. */
function distinct(edits: readonly TextEdit[]): readonly TextEdit[] {
  const kept: TextEdit[] = [];
  let done = -1;
  for (const edit of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    if (edit.span.start < done) continue;
    kept.push(edit);
    done = edit.span.end;
  }
  return kept;
}
