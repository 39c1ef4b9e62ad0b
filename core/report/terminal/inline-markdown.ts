import { isPunctuationCode } from "../../text/ascii.ts";
import type { Style } from "./style.ts";

/** A stretch of text in one style; null for none. */
export interface StyledText {
  readonly text: string;
  readonly style: Style | null;
}

/**
 * The inline Markdown that our own texts use: code spans, `**strong**`, `*emphasis*`, `[links](…)`, backslash escapes and `&#32;`.
 * What is none of these stands for itself. Linear in the text but for the nesting of our own texts.
 */
export function inlineMarkdown(text: string, outer: Style | null = null): readonly StyledText[] {
  const found: StyledText[] = [];
  let literal = "";
  const flush = (): void => {
    if (literal !== "") found.push({ text: literal, style: outer });
    literal = "";
  };
  let at = 0;
  while (at < text.length) {
    const inner = codeAt(text, at) ?? strongAt(text, at) ?? emphasisAt(text, at) ?? linkAt(text, at);
    if (inner !== null) {
      flush();
      found.push(...inner.parts);
      at = inner.end;
    } else if (text[at] === "\\" && isPunctuationCode(text.charCodeAt(at + 1))) {
      literal += text.charAt(at + 1);
      at += 2;
    } else if (text.startsWith("&#32;", at)) {
      literal += " ";
      at += 5;
    } else {
      literal += text.charAt(at);
      at += 1;
    }
  }
  flush();
  return found;
}

interface Inner {
  readonly parts: readonly StyledText[];
  readonly end: number;
}

/** CommonMark 6.1: a run of backticks up to the next run of the same length. */
function codeAt(text: string, at: number): Inner | null {
  if (text[at] !== "`") return null;
  const fence = runLength(text, at, "`");
  let close = at + fence;
  for (;;) {
    close = text.indexOf("`", close);
    if (close === -1) return { parts: [{ text: text.slice(at, at + fence), style: null }], end: at + fence };
    const length = runLength(text, close, "`");
    if (length === fence) break;
    close += length;
  }
  const code = text.slice(at + fence, close);
  const isPadded = code.length > 2 && code.startsWith(" ") && code.endsWith(" ") && code.trim() !== "";
  return { parts: [{ text: isPadded ? code.slice(1, -1) : code, style: "cyan" }], end: close + fence };
}

function strongAt(text: string, at: number): Inner | null {
  if (!text.startsWith("**", at)) return null;
  const close = text.indexOf("**", at + 2);
  return close <= at + 2 ? null : { parts: inlineMarkdown(text.slice(at + 2, close), "bold"), end: close + 2 };
}

function emphasisAt(text: string, at: number): Inner | null {
  if (text[at] !== "*" || text[at + 1] === " " || text[at + 1] === "*") return null;
  const close = text.indexOf("*", at + 1);
  return close === -1 ? null : { parts: inlineMarkdown(text.slice(at + 1, close), "dim"), end: close + 1 };
}

/** A link is shown with its address: a terminal has nothing to click. */
function linkAt(text: string, at: number): Inner | null {
  if (text[at] !== "[") return null;
  const middle = text.indexOf("](", at);
  const close = middle === -1 ? -1 : text.indexOf(")", middle);
  if (close === -1 || text.slice(at + 1, middle).includes("[")) return null;
  const title = inlineMarkdown(text.slice(at + 1, middle));
  const address = text.slice(middle + 2, close);
  return {
    parts: [...title, { text: " ", style: null }, { text: `<${address}>`, style: "underline" }],
    end: close + 1,
  };
}

function runLength(text: string, at: number, character: string): number {
  let end = at;
  while (text[end] === character) end += 1;
  return end - at;
}
