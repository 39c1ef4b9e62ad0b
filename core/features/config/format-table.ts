import { span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import type { TableDocument } from "./context.ts";
import type { FormatStyle } from "./format-style.ts";
import { rowsOf, type TableRow } from "./table-rows.ts";

/** A key longer than this is not waited for. */
const WIDEST = 40;

/** The blanks between the left and the right of each line. */
export function formatTable(document: TableDocument, style: FormatStyle): readonly TextEdit[] {
  const { text } = document.tree;
  const edits: TextEdit[] = [];
  for (const block of blocksOf(rowsOf(document))) {
    const sides = block.flatMap((row) => sideOf(text, row) ?? []);
    const widths = sides.map(({ width }) => width).filter((width) => width <= WIDEST);
    const widest = style === "flat" ? 0 : widths.reduce((a, b) => Math.max(a, b), 0);
    for (const { width, gap } of sides) {
      edits.push({ span: gap, newText: " ".repeat(Math.max(1, widest - width + 1)) });
    }
  }
  return edits;
}

/** Rows without a comment, a blank line or an `if` between them. */
function blocksOf(rows: readonly TableRow[]): readonly (readonly TableRow[])[] {
  const blocks: TableRow[][] = [];
  let last = -1;
  for (const row of rows) {
    if (row.span.start !== last) blocks.push([]);
    blocks.at(-1)?.push(row);
    last = row.span.end;
  }
  return blocks;
}

/** How wide the left-hand side is, and the blanks behind it; null where the right-hand side begins on another line, or there is none. */
function sideOf(text: string, { value, valueSpan, span: whole, leftEnd, logical }: TableRow) {
  if (value === "" || logical.joined.text.includes("\0")) return null;
  for (let at = leftEnd; at < valueSpan.start; at += 1)
    if (text.charAt(at) !== " " && text.charAt(at) !== "\t") return null;
  const isBroken = text.slice(whole.start, leftEnd).includes("\n");
  return isBroken || leftEnd >= valueSpan.start
    ? null
    : { width: leftEnd - whole.start, gap: span(leftEnd, valueSpan.start) };
}
