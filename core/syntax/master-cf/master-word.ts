import { isSpaceCode, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan, type JoinedText } from "../lines/joined-text.ts";
import { closingBracket } from "../value/closing-bracket.ts";

/** A blank-separated word of a master.cf entry. */
export interface MasterWord {
  /** As written, braces included. */
  readonly text: string;
  readonly span: Span;
  /** Offsets in the service's joined text. */
  readonly from: number;
  readonly to: number;
  /** Written as `{ … }`. */
  readonly braced: boolean;
  /** What the program gets: for `{ … }` the text between the braces, trimmed. Offsets in the joined text. */
  readonly contentFrom: number;
  readonly contentTo: number;
}

const OPEN = 123;
const CLOSE = 125;

/** End of the word at `from`; braces protect blanks where `braces` says so. */
function wordEnd(text: string, from: number, end: number, braces: boolean): number {
  let depth = 0;
  let at = from;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (braces && code === OPEN) depth += 1;
    else if (depth > 0 && code === CLOSE) depth -= 1;
    else if (depth === 0 && isSpaceCode(code)) break;
  }
  return at;
}

/** The words of an entry up to `end`. In the first `plain` of them braces mean nothing; in arguments they group. */
export function splitMasterWords(joined: JoinedText, plain: number, end: number): readonly MasterWord[] {
  const { text } = joined;
  const words: MasterWord[] = [];
  for (let at = skipSpace(text, 0, end); at < end; ) {
    const grouping = words.length >= plain;
    const to = wordEnd(text, at, end, grouping);
    const opened = grouping && text.charCodeAt(at) === OPEN;
    const close = opened ? closingBracket(text, at, to) : -1;
    // Postfix takes an unclosed or followed-by-text group for what is inside, with a warning or an exit.
    const contentFrom = opened ? skipSpace(text, at + 1, to) : at;
    const contentTo = opened ? trimmedEnd(text, contentFrom, close === -1 ? to : Math.max(contentFrom, close - 1)) : to;
    words.push({
      text: text.slice(at, to),
      span: documentSpan(joined, at, to),
      from: at,
      to,
      braced: opened,
      contentFrom,
      contentTo,
    });
    at = skipSpace(text, to, end);
  }
  return words;
}

/**
 * Whether the braces of an argument pair up and, if it starts with one, nothing follows the brace that closes it. A brace that is never
 * closed takes the rest of the entry into its word.
 */
export function isWellBraced(text: string, word: MasterWord): boolean {
  if (word.braced) return closingBracket(text, word.from, word.to) === word.to;
  let depth = 0;
  for (let at = word.from; at < word.to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN) depth += 1;
    else if (depth > 0 && code === CLOSE) depth -= 1;
  }
  return depth === 0;
}
