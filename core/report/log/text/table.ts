import { truncate } from "../../../text/truncate.ts";
import { visibleText } from "../../../text/visible-text.ts";
import type { Painter, Style } from "../../terminal/style.ts";
import { textWidth } from "../../text-width.ts";

/** A cell: text as it is (hostile or not), and how it looks. */
export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

export interface Column {
  readonly align: "left" | "right";
  /** Takes what the others leave, and is cut there. One column at most. */
  readonly grows?: boolean;
}

const GAP = 2;
const LEAST = 10;

/** Rows of cells as lines of at most `columns` characters, indented by two. What does not fit into the growing column is cut. */
export function textTable(
  layout: readonly Column[],
  rows: readonly (readonly Cell[])[],
  columns: number,
  paint: Painter,
): readonly string[] {
  const shown = rows.map((cells) => cells.map(({ text, style }) => ({ text: visibleText(text), style })));
  const widths = layout.map((_, column) =>
    shown.reduce((widest, cells) => Math.max(widest, textWidth(cells[column]?.text ?? "")), 0),
  );
  const growing = layout.findIndex(({ grows }) => grows === true);
  const fixed = widths.reduce((sum, width, column) => sum + GAP + (column === growing ? 0 : width), 0);
  if (growing !== -1) widths[growing] = Math.min(widths[growing] ?? 0, Math.max(LEAST, columns - fixed));
  return shown.map((cells) => {
    const parts = layout.map(({ align }, column) => {
      const width = widths[column] ?? 0;
      const { text = "", style } = cells[column] ?? {};
      const fitting = fit(text, width);
      const pad = " ".repeat(Math.max(0, width - textWidth(fitting)));
      const painted = style === undefined ? fitting : paint(style, fitting);
      return align === "right" ? pad + painted : painted + pad;
    });
    return `  ${parts.join("  ")}`.trimEnd();
  });
}

function fit(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let limit = Math.min(text.length, width);
  let cut = truncate(text, limit);
  while (limit > 1 && textWidth(cut) > width) {
    limit -= 1;
    cut = truncate(text, limit);
  }
  return cut;
}

/** How many characters of `width` a part of the largest value takes. What is more than nothing can be seen. */
export function barLength(value: number, largestValue: number, width: number): number {
  return value <= 0 || largestValue <= 0 ? 0 : Math.max(1, Math.round((value / largestValue) * width));
}
