import { truncate } from "../../../text/truncate.ts";
import { visibleText } from "../../../text/visible-text.ts";
import type { Painter, Style } from "../../terminal/style.ts";
import { plain } from "../../terminal/style.ts";
import { wrapText } from "../../terminal/wrap-text.ts";
import { textWidth } from "../../text-width.ts";

/** A cell: text as it is (hostile or not), and how it looks. */
export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

export interface Column {
  readonly align: "left" | "right";
  /** Takes what the others leave. What does not fit goes on below in the last column, and is cut in another. One column at most. */
  readonly grows?: boolean;
}

const GAP = 2;
const LEAST = 10;
/** Of one cell. */
const MOST_LINES = 3;

/**
 * Rows of cells as lines, indented by two, of at most `columns` characters where there is a column that grows and the others leave it ten.
 * @param columns infinity for whole cells
 */
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
  const below = " ".repeat(fixed);
  return shown.flatMap((cells) => {
    let more: readonly string[] = [];
    const parts = layout.map(({ align }, column) => {
      const width = widths[column] ?? 0;
      const { text = "", style } = cells[column] ?? {};
      const painted = (line: string): string => (style === undefined ? line : paint(style, line));
      const [fitting = "", ...rest] =
        column === growing && column === layout.length - 1 ? wrap(text, width) : [fit(text, width)];
      more = rest.map((line) => below + painted(line));
      const pad = " ".repeat(Math.max(0, width - textWidth(fitting)));
      return align === "right" ? pad + painted(fitting) : painted(fitting) + pad;
    });
    return [`  ${parts.join("  ")}`.trimEnd(), ...more];
  });
}

/** At spaces; a longer word is cut. */
function wrap(text: string, width: number): readonly string[] {
  if (textWidth(text) <= width) return [text];
  const lines = wrapText([{ text, style: null }], width, "", plain);
  const [last = "", ...unseen] = lines.slice(MOST_LINES - 1);
  return [...lines.slice(0, MOST_LINES - 1), [last, ...unseen].join(" ")]
    .filter((line) => line !== "")
    .map((line) => fit(line, width));
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
