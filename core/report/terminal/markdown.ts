import { visibleText } from "../../text/visible-text.ts";
import { inlineMarkdown } from "./inline-markdown.ts";
import type { Painter } from "./style.ts";
import { wrapText } from "./wrap-text.ts";

/**
 * Our Markdown (catalogue entries, rule pages, reference prose) as text for a terminal of `columns`: headings, paragraphs, lists, fenced code, rules.
 * Every line ends without a line break of its own. Nothing in the text can reach the terminal's controls.
 */
export function terminalMarkdown(markdown: string, columns: number, paint: Painter): string {
  const output: string[] = [];
  let paragraph: string[] = [];
  let lead = "";
  let isCode = false;
  const close = (): void => {
    if (paragraph.length > 0) output.push(...wrapText(inlineMarkdown(paragraph.join(" ")), columns, lead, paint));
    paragraph = [];
    lead = "";
  };
  const gap = (): void => {
    if (output.length > 0 && output.at(-1) !== "") output.push("");
  };

  for (const line of markdown.split("\n")) {
    if (line.trimStart().startsWith("```")) {
      close();
      isCode = !isCode;
    } else if (isCode) {
      output.push(`    ${visibleText(line.replaceAll("\t", "  "))}`);
    } else if (line.trim() === "") {
      close();
      gap();
    } else if (line === "---") {
      close();
      output.push(paint("dim", "─".repeat(Math.min(columns, 40))));
    } else if (headingText(line) !== null) {
      close();
      gap();
      output.push(...wrapText(inlineMarkdown(headingText(line) ?? "", "bold"), columns, "", paint));
    } else {
      const item = listItem(line);
      if (item === null) {
        paragraph.push(line.trim());
      } else {
        close();
        lead = item.lead;
        paragraph.push(item.text);
      }
    }
  }
  close();
  while (output.at(-1) === "") output.pop();
  return output.join("\n");
}

function headingText(line: string): string | null {
  let level = 0;
  while (line[level] === "#") level += 1;
  return level > 0 && level <= 6 && line[level] === " " ? line.slice(level + 1).trim() : null;
}

/** `- text`, `* text` or `12. text`, however far it is indented. */
function listItem(line: string): { readonly lead: string; readonly text: string } | null {
  const text = line.trimStart();
  const indent = " ".repeat(line.length - text.length);
  if (text.startsWith("- ") || text.startsWith("* ")) return { lead: `${indent}• `, text: text.slice(2) };
  let digits = 0;
  while (digits < text.length && text.charAt(digits) >= "0" && text.charAt(digits) <= "9") digits += 1;
  if (digits === 0 || digits > 3 || !text.startsWith(". ", digits)) return null;
  return { lead: `${indent}${text.slice(0, digits + 2)}`, text: text.slice(digits + 2) };
}
