import { isHidden } from "./visible-text.ts";

const BEYOND_ASCII = /[^\u0000-\u007E]/;

/**
 * A value as JSON that is safe on a terminal too: JSON itself escapes only C0 controls and half characters, here all that is hidden is
 * escaped. The same data to whoever parses it. `indent`: blanks a level; 0 for one line.
 */
export function jsonText(value: unknown, indent = 0): string {
  const json = JSON.stringify(value, null, indent);
  if (!BEYOND_ASCII.test(json)) return json;
  let result = "";
  let done = 0;
  for (let at = 0; at < json.length; ) {
    const code = json.codePointAt(at) ?? 0;
    const length = code > 0xffff ? 2 : 1;
    // Below, there are only the line breaks of the indentation.
    if (code >= 0x7f && isHidden(code)) {
      result += json.slice(done, at);
      for (let unit = at; unit < at + length; unit += 1) result += escapeOf(json.charCodeAt(unit));
      done = at + length;
    }
    at += length;
  }
  return result + json.slice(done);
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
