import { visibleText } from "../../text/visible-text.ts";
import { textWidth } from "../text-width.ts";
import type { StyledText } from "./inline-markdown.ts";
import type { Painter, Style } from "./style.ts";

interface Word {
  readonly parts: { text: string; readonly style: Style | null }[];
  width: number;
}

/**
 * Fills lines of at most `columns` with the words of a paragraph. The first line begins with `lead`, the others are indented as far. Words longer than
 * a line stand on one of their own. Everything is made visible before it is painted: no control character of it gets through.
 */
export function wrapText(
  parts: readonly StyledText[],
  columns: number,
  lead: string,
  paint: Painter,
): readonly string[] {
  const indent = " ".repeat(textWidth(lead));
  const lines: string[] = [];
  let line = lead;
  let width = indent.length;
  let isEmpty = true;
  for (const word of toWords(parts)) {
    if (!isEmpty && width + 1 + word.width > columns) {
      lines.push(line);
      line = indent;
      width = indent.length;
      isEmpty = true;
    }
    const painted = word.parts.map(({ text, style }) => (style === null ? text : paint(style, text))).join("");
    line += isEmpty ? painted : ` ${painted}`;
    width += word.width + (isEmpty ? 0 : 1);
    isEmpty = false;
  }
  if (!isEmpty || lines.length === 0) lines.push(line);
  return lines;
}

function toWords(parts: readonly StyledText[]): readonly Word[] {
  const words: Word[] = [];
  let isOpen = false;
  for (const { text, style } of parts) {
    for (const [index, piece] of text.split(/[ \n\t]/).entries()) {
      if (index > 0) isOpen = false;
      if (piece === "") continue;
      const shown = visibleText(piece);
      const word = words.at(-1);
      if (isOpen && word !== undefined) {
        word.parts.push({ text: shown, style });
        word.width += textWidth(shown);
      } else {
        words.push({ parts: [{ text: shown, style }], width: textWidth(shown) });
        isOpen = true;
      }
    }
  }
  return words;
}
