import { visibleText } from "../../text/visible-text.ts";

/** HTML that is safe to show: only `html` and what is built on it makes it. */
export interface Html {
  readonly html: string;
}

/** What may stand at a place of a template: text and numbers are escaped, null is nothing. */
export type HtmlValue = string | number | Html | null | readonly HtmlValue[];

/**
 * A piece of HTML. Whatever is put in is text, for an element's content or for an attribute in double quotes, unless it is HTML made here: so nothing a
 * stranger wrote becomes markup. Characters that cannot be seen are shown. Never put a value into a script, a style, an unquoted attribute or an address.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: parts.reduce((text, part, index) => text + htmlOf(values[index - 1] ?? null) + part) };
}

/** Pieces one after the other. */
export function joined(pieces: readonly HtmlValue[]): Html {
  return { html: pieces.map(htmlOf).join("") };
}

/** Text for an element's content or a double-quoted attribute. */
export function escapeHtml(text: string): string {
  return visibleText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function htmlOf(value: HtmlValue): string {
  if (value === null) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map(htmlOf).join("");
}
