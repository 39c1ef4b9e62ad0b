import { isPunctuationCode } from "./ascii.ts";
import { visibleText } from "./visible-text.ts";

const LINE_BREAKS: ReadonlySet<string> = new Set(["\n", "\r", "\t"]);

/**
 * Any text as inert Markdown text of one line: no link (bare addresses are not linked either), no image, HTML, emphasis, code, list,
 * heading, table or icon comes out of it. Line breaks and tabs become spaces; other hidden characters are made visible.
 */
export function escapeMarkdown(text: string): string {
  let result = "";
  for (const char of text) {
    if (LINE_BREAKS.has(char)) {
      result += " ";
      continue;
    }
    // Every visible form begins with a backslash, which is punctuation and gets one itself.
    for (const shown of visibleText(char)) result += isPunctuationCode(shown.charCodeAt(0)) ? `\\${shown}` : shown;
  }
  // Blanks at the ends could make an indented code block or a hard line break.
  if (result.startsWith(" ")) result = `&#32;${result.slice(1)}`;
  return result.endsWith(" ") ? `${result.slice(0, -1)}&#32;` : result;
}

/**
 * Any text as one Markdown code span that it cannot break out of, on one line: hidden characters, line breaks among them, are made
 * visible. Not for a table's cell, where `|` divides even inside code.
 */
export function codeSpan(text: string): string {
  const shown = visibleText(text);
  if (shown === "") return "` `";
  let longest = 0;
  let run = 0;
  for (const char of shown) {
    run = char === "`" ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  const fence = "`".repeat(longest + 1);
  const touches = shown.startsWith("`") || shown.endsWith("`");
  const stripped = shown.startsWith(" ") && shown.endsWith(" ") && shown.trim() !== "";
  const pad = touches || stripped ? " " : "";
  return fence + pad + shown + pad + fence;
}
