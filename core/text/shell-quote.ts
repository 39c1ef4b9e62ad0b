import { isAlnumCode } from "./ascii.ts";
import { isWritableLine } from "./writable-text.ts";

const PLAIN = "_@%+:,./-";

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (!isAlnumCode(text.charCodeAt(at)) && !PLAIN.includes(text.charAt(at)) && !(at > 0 && text[at] === "="))
      return false;
  }
  return text !== "";
}

/**
 * `text` as one word for a POSIX shell: in single quotes unless it is plain. Null for text that holds NUL, a line break, a tab or
 * another control character: a terminal acts on those even inside quotes.
 */
export function shellQuote(text: string): string | null {
  if (!isWritableLine(text) || text.includes("\t")) return null;
  return isPlain(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
