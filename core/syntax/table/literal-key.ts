import { isSpaceCode, trimAscii } from "../../text/ascii.ts";
import { isWritableLine } from "../../text/writable-text.ts";
import { escapeDollars } from "../value/expand.ts";
import type { PatternTableType } from "./parse-pattern-table.ts";

/** Longer than any name, address or HELO that SMTP carries. */
const MAX_LENGTH = 1024;

const PCRE_SPECIAL = "\\^$.[]|()?*+{}/#-=!<>:,&~%@'\"`; ";
/** POSIX gives a backslash meaning only before these; before others some libraries read an operator of their own (\< \w \'). */
const REGEXP_SPECIAL = "\\^$.[]|()?*+{}/";

/** Neither empty nor anything that would not stay the same text in one line of a table. */
function isLiteral(text: string): boolean {
  if (text === "" || text.length > MAX_LENGTH || !isWritableLine(text) || text.includes("\t")) return false;
  return trimAscii(text) === text;
}

/**
 * A whole left-hand side (`/^…$/`) that matches exactly this text, letter case ignored, and nothing else. Null for text that cannot
 * be expressed safely: empty, very long, with control characters or line breaks, with blanks at its ends.
 */
export function literalPattern(text: string, type: PatternTableType): string | null {
  if (!isLiteral(text)) return null;
  const special = type === "pcre" ? PCRE_SPECIAL : REGEXP_SPECIAL;
  let escaped = "";
  for (const char of text) escaped += special.includes(char) ? `\\${char}` : char;
  return `/^${escaped}$/`;
}

/**
 * A key for an indexed table (hash, lmdb, …), or null if postmap(1) would read it as something else: blanks, quotes and backslashes,
 * `#` in front, control characters. In access tables a domain also stands for its subdomains (parent_domain_matches_subdomains).
 */
export function indexedKey(text: string): string | null {
  if (!isLiteral(text) || text.startsWith("#") || text.includes('"') || text.includes("\\") || text.endsWith(":"))
    return null;
  for (let at = 0; at < text.length; at += 1) if (isSpaceCode(text.charCodeAt(at))) return null;
  return text;
}

/** A right-hand side that stands for this text: `$` doubled where the table expands it. Null if empty or not one line. */
export function tableAction(text: string, type: PatternTableType | "indexed" | "cidr"): string | null {
  const action = trimAscii(text);
  if (action === "" || !isWritableLine(action)) return null;
  return type === "pcre" || type === "regexp" ? escapeDollars(action) : action;
}
