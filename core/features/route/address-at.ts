import { type Span, span } from "../../text/span.ts";

/** Code units on each side of a place that are looked at: longer than any address (RFC 5321, 4.5.3.1). */
const REACH = 320;

/** The mail address that a place in a text stands in or at the end of; null if it stands in none. Quoted local parts are not seen. */
export function addressAt(text: string, offset: number): { readonly address: string; readonly span: Span } | null {
  let start = offset;
  let end = offset;
  while (start > 0 && offset - start < REACH && isAddressChar(text.charAt(start - 1))) start -= 1;
  while (end < text.length && end - offset < REACH && isAddressChar(text.charAt(end))) end += 1;
  while (end > start && ".:".includes(text.charAt(end - 1))) end -= 1;
  const address = text.slice(start, end);
  const at = address.indexOf("@");
  if (at < 1 || at !== address.lastIndexOf("@") || at === address.length - 1 || offset > end) return null;
  return { address, span: span(start, end) };
}

/** What local parts and domains hold without quotes (RFC 5322, atext), `/`, `=` and braces aside: in configurations these end a word. */
function isAddressChar(char: string): boolean {
  return /[\w.@+%&'*~^!?#-]/.test(char) || char > "\u{7f}";
}
