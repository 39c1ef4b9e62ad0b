import { countText } from "../../../text/counted.ts";
import { type Html, type HtmlValue, html, joined } from "../../html/html.ts";
import { type LineQuery, writeQuery } from "../line-query.ts";

/** How a report is drawn. */
export interface Ink {
  /** Whether somebody can open the lines that a number counts: in the editor, not in a file. */
  readonly isLive: boolean;
}

/** What opens the lines of a query; plain where nobody can. */
export function lines({ isLive }: Ink, query: Partial<LineQuery>, content: HtmlValue, label: string): Html {
  if (!isLive) return html`${content}`;
  return html`<button type="button" class="link" data-action="lines" data-argument="${writeQuery(query)}" aria-label="${label}: show the lines">${content}</button>`;
}

/** A section with a heading that the list of sections and screen readers find. */
export function section(id: string, title: string, ...content: readonly HtmlValue[]): Html {
  return html`<section data-part="${id}" aria-labelledby="${id}"><h2 id="${id}" tabindex="-1">${title}</h2>${content}</section>`;
}

export interface TableColumn {
  readonly title: string;
  readonly isNumber?: boolean;
  /** A picture of the number beside it: nothing to be read. */
  readonly isBar?: boolean;
}

/** A table. The first cell of a row that is no number and no bar names the row. */
export function table(
  caption: string | null,
  columns: readonly TableColumn[],
  rows: readonly (readonly HtmlValue[])[],
): Html {
  const head = columns.map(({ title, isNumber, isBar }) =>
    isBar === true ? html`<td class="bar"></td>` : html`<th scope="col"${classOf(isNumber)}>${title}</th>`,
  );
  const named = columns.findIndex(({ isNumber, isBar }) => isNumber !== true && isBar !== true);
  const body = rows.map((cells) => {
    const shown = cells.map((cell, index) => {
      const column = columns[index];
      if (column?.isBar === true) return html`<td class="bar">${cell}</td>`;
      return index === named ? html`<th scope="row">${cell}</th>` : html`<td${classOf(column?.isNumber)}>${cell}</td>`;
    });
    return html`<tr>${shown}</tr>`;
  });
  const title = caption === null ? null : html`<caption>${caption}</caption>`;
  return html`<div class="scroll"><table>${title}<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function classOf(isNumber: boolean | undefined): Html | null {
  return isNumber === true ? html` class="number"` : null;
}

export type Colour = "blue" | "green" | "yellow" | "red" | "purple";

/** Bars one behind the other, as parts of the longest row's total. The numbers stand beside it, so it is hidden from screen readers. */
export function bars(parts: readonly (readonly [count: number, colour: Colour])[], longest: number): Html {
  let from = 0;
  const drawn = parts.flatMap(([count, colour]) => {
    if (count <= 0 || longest <= 0) return [];
    const width = Math.max(0.8, (count / longest) * 100);
    const x = from;
    from += width;
    return [html`<rect class="fill-${colour}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"/>`];
  });
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">${joined(drawn)}</svg>`;
}

export function number(count: number): string {
  return countText(count);
}
