import { joinedText } from "../lines/joined-text.ts";
import { closingBracket } from "./closing-bracket.ts";
import { splitList } from "./list.ts";

/**
 * What dict_inline_open(3) of Postfix finds wrong with what stands behind `inline:`, in its own words; null if it takes it. For a table with a fault
 * every lookup fails, also of what is written right.
 */
export function inlineFault(text: string): string | null {
  if (!text.startsWith("{") || closingBracket(text, 0, text.length) !== text.length) return "bad syntax";
  return entriesFault(text.slice(1, -1));
}

/** The same for what stands between the braces. */
export function entriesFault(text: string): string | null {
  const { elements } = splitList(joinedText(text));
  if (elements.length === 0) return "empty table";
  return elements.every(({ content }) => NAME_AND_EQUALS.test(content)) ? null : "missing '=' after attribute name";
}

/** A name is one word. */
const NAME_AND_EQUALS = /^[^\s=]*\s*=/;
