import { isSpaceCode, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan, type JoinedText } from "../lines/joined-text.ts";
import { closingBracket } from "./closing-bracket.ts";

export interface ListElement {
  readonly index: number;
  /** As written, `!` and braces included, line breaks between continuation pieces gone. */
  readonly text: string;
  /** In the document. */
  readonly span: Span;
  /** Offsets in the joined text. */
  readonly from: number;
  readonly to: number;
  /** Odd number of leading `!` (match lists). */
  readonly negated: boolean;
  /** Without leading `!`. For `{ … }` the text between the braces, trimmed. */
  readonly content: string;
  /** Document span of `content`. */
  readonly contentSpan: Span;
  /** Written as `{ … }`. */
  readonly braced: boolean;
}

export interface ListProblem {
  readonly kind: "unbalanced-brace" | "nothing-after-bang" | "text-after-brace" | "comment-in-list";
  readonly span: Span;
}

export interface List {
  readonly elements: readonly ListElement[];
  readonly problems: readonly ListProblem[];
}

const COMMA = 44;
const BANG = 33;
const HASH = 35;
const OPEN = 123;
const CLOSE = 125;

export function isListSeparator(code: number): boolean {
  return code === COMMA || isSpaceCode(code);
}

/** End of the element that starts at `from`: the next separator outside of braces. */
function elementEnd(text: string, from: number): { readonly end: number; readonly balanced: boolean } {
  let depth = 0;
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN) depth += 1;
    else if (depth > 0 && code === CLOSE) depth -= 1;
    else if (depth === 0 && isListSeparator(code)) break;
  }
  return { end: at, balanced: depth === 0 };
}

/**
 * Split at commas and whitespace; `{ … }` keeps separators inside one element; quotes mean nothing (mystrtokq). An element whose
 * brace is never closed reaches to the end of the value.
 */
export function splitList(value: JoinedText): List {
  const { text } = value;
  const elements: ListElement[] = [];
  const problems: ListProblem[] = [];
  for (let at = 0; at < text.length; ) {
    if (isListSeparator(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const { end, balanced } = elementEnd(text, at);
    const whole = documentSpan(value, at, end);
    let inner = at;
    let bangs = 0;
    while (inner < end && text.charCodeAt(inner) === BANG) {
      bangs += 1;
      inner += 1;
    }
    let innerEnd = end;
    let braced = false;
    if (!balanced) problems.push({ kind: "unbalanced-brace", span: whole });
    else if (bangs > 0 && inner === end) problems.push({ kind: "nothing-after-bang", span: whole });
    else if (text.charCodeAt(at) === HASH) problems.push({ kind: "comment-in-list", span: whole });
    if (balanced && text.charCodeAt(inner) === OPEN) {
      const close = closingBracket(text, inner, end);
      braced = close === end;
      if (close !== -1 && close < end)
        problems.push({ kind: "text-after-brace", span: documentSpan(value, close, end) });
    }
    if (braced) {
      inner = skipSpace(text, inner + 1, end - 1);
      innerEnd = trimmedEnd(text, inner, end - 1);
    }
    elements.push({
      index: elements.length,
      text: text.slice(at, end),
      span: whole,
      from: at,
      to: end,
      negated: bangs % 2 === 1,
      content: text.slice(inner, innerEnd),
      contentSpan: documentSpan(value, inner, innerEnd),
      braced,
    });
    at = end;
  }
  return { elements, problems };
}
