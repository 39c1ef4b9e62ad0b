import { isAlnumCode, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import { joinedText } from "../lines/joined-text.ts";
import { closingBracket } from "./closing-bracket.ts";
import { splitList } from "./list.ts";

/** `type:name`. Spans are offsets in the text it was parsed from. */
export interface TableReference {
  /** The table's own type, `proxy:` taken off. As written. */
  readonly type: string;
  readonly typeSpan: Span;
  /** A path; the body without braces for `inline:{…}`, `unionmap:{…}` and the like; text for static, environ, … */
  readonly name: string;
  readonly nameSpan: Span;
  /** Read through proxymap(8). */
  readonly proxied: boolean;
  /** `key=value` pairs of `inline:{…}`. */
  readonly entries: readonly { readonly key: string; readonly value: string }[];
  /** Members of `unionmap:{…}` and `pipemap:{…}`. */
  readonly members: readonly TableReference[];
}

/** Combiners may hold combiners; Postfix sets no limit, we do. */
const MAX_NESTING = 10;

function parseAt(text: string, start: number, end: number, depth: number): TableReference | null {
  let proxied = false;
  let from = start;
  for (;;) {
    let colon = from;
    while (colon < end && (isAlnumCode(text.charCodeAt(colon)) || text.charAt(colon) === "_")) colon += 1;
    if (colon === from || colon >= end || text.charAt(colon) !== ":") return null;
    const type = text.slice(from, colon);
    if (type === "proxy") {
      proxied = true;
      from = colon + 1;
      continue;
    }
    return describe(text, span(from, colon), end, proxied, depth);
  }
}

function describe(text: string, typeSpan: Span, end: number, proxied: boolean, depth: number): TableReference {
  const type = text.slice(typeSpan.start, typeSpan.end);
  let nameSpan = span(typeSpan.end + 1, end);
  const braced = text.charAt(nameSpan.start) === "{" && closingBracket(text, nameSpan.start, end) === end;
  if (braced) {
    const from = skipSpace(text, nameSpan.start + 1, end - 1);
    nameSpan = span(from, trimmedEnd(text, from, end - 1));
  }
  const name = text.slice(nameSpan.start, nameSpan.end);
  const elements = braced ? splitList(joinedText(name, nameSpan.start)).elements : [];
  const entries: { key: string; value: string }[] = [];
  const members: TableReference[] = [];
  for (const element of elements) {
    if (type === "inline") {
      const equals = element.content.indexOf("=");
      if (equals === -1) continue;
      const key = element.content.slice(0, trimmedEnd(element.content, 0, equals));
      entries.push({ key, value: element.content.slice(skipSpace(element.content, equals + 1)) });
    } else if ((type === "unionmap" || type === "pipemap") && depth < MAX_NESTING) {
      const member = parseAt(text, element.contentSpan.start, element.contentSpan.end, depth + 1);
      if (member !== null) members.push(member);
    }
  }
  return { type, typeSpan, name, nameSpan, proxied, entries, members };
}

/** Parse one table reference with nothing around it; null if the text is no `type:name`. */
export function parseTableReference(text: string): TableReference | null {
  return parseAt(text, 0, text.length, 0);
}

/** Types whose name is a file on disk and how that file is written; null for all others. */
export function tableSourceSyntax(type: string): "indexed" | "pattern" | "cidr" | "client" | null {
  switch (type) {
    case "hash":
    case "btree":
    case "lmdb":
    case "cdb":
    case "dbm":
    case "sdbm":
    case "texthash":
      return "indexed";
    case "pcre":
    case "regexp":
      return "pattern";
    case "cidr":
      return "cidr";
    case "ldap":
    case "mysql":
    case "pgsql":
    case "sqlite":
    case "memcache":
    case "mongodb":
      return "client";
    default:
      return null;
  }
}
