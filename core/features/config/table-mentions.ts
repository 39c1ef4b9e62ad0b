import { tableTypeByName } from "../../reference/table-type.ts";
import { documentSpan, type JoinedText } from "../../syntax/lines/joined-text.ts";
import { closingBracket } from "../../syntax/value/closing-bracket.ts";
import { isListSeparator } from "../../syntax/value/list.ts";
import { isAlnumCode } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";

/** A `type:name` as it is written, wherever in a value it stands: bare, negated, in braces, in `unionmap:{…}`, behind `proxy:`. */
export interface TableMention {
  /** As written, such as `hash`. */
  readonly type: string;
  readonly typeSpan: Span;
  /** Behind the colon, `$name` unexpanded; for `inline:{…}` and the like with its braces. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** Behind `proxy:`. */
  readonly proxied: boolean;
  /** Offset in the value. */
  readonly from: number;
}

const OPEN = 123;
const CLOSE = 125;

/** The tables a value mentions, in order. Linear in the value. */
export function tableMentions(value: JoinedText): readonly TableMention[] {
  const { text } = value;
  const found: TableMention[] = [];
  if (!text.includes(":")) return found;
  let proxied = false;
  for (let at = 0; at < text.length; ) {
    const end = wordEnd(text, at);
    if (end === at) {
      proxied = false;
      at += 1;
      continue;
    }
    const starts = at === 0 || isListSeparator(text.charCodeAt(at - 1)) || "{!:".includes(text.charAt(at - 1));
    const type = text.slice(at, end);
    if (!starts || text.charAt(end) !== ":" || tableTypeByName(type) === null) {
      at = end;
      proxied = false;
      continue;
    }
    if (type === "proxy") {
      proxied = true;
      at = end + 1;
      continue;
    }
    const nameEnd = nameEndAt(text, end + 1);
    found.push({
      type,
      typeSpan: documentSpan(value, at, end),
      name: text.slice(end + 1, nameEnd),
      nameSpan: documentSpan(value, end + 1, nameEnd),
      span: documentSpan(value, at, nameEnd),
      proxied,
      from: at,
    });
    proxied = false;
    // The members of a combiner are tables themselves; the text of an inline table is not.
    const isCombiner = type === "unionmap" || type === "pipemap";
    at = isCombiner && text.charCodeAt(end + 1) === OPEN ? end + 2 : Math.max(nameEnd, end + 1);
  }
  return found;
}

/** To the next separator or to the brace that closes what the name stands in. */
function nameEndAt(text: string, from: number): number {
  if (text.charCodeAt(from) === OPEN) {
    const close = closingBracket(text, from, text.length);
    return close === -1 ? text.length : close;
  }
  let depth = 0;
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN) depth += 1;
    else if (code === CLOSE && depth === 0) break;
    else if (code === CLOSE) depth -= 1;
    else if (depth === 0 && isListSeparator(code)) break;
  }
  return at;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isAlnumCode(text.charCodeAt(at))) at += 1;
  return at;
}
