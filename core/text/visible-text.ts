import { isLoneSurrogate } from "./writable-text.ts";

/** First and last code points that a reader cannot see or that turn the text around them. */
const HIDDEN: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

/** Nearly all that is shown is of this kind, and lists of completions have thousands of texts. */
const PRINTABLE = /^[ -~]*$/;

/** Whether a reader cannot see this code point, or it turns the text around it. */
export function isHidden(code: number): boolean {
  if (code >= 0x20 && code < 0x7f) return false;
  return HIDDEN.some(([first, last]) => code >= first && code <= last);
}

/**
 * Text in which everything can be seen: control characters (line breaks too), bidirectional and zero-width characters and lone
 * surrogates become `\u{…}` with their code point in hexadecimal. Safe for a terminal. All else is unchanged, the backslash too.
 */
export function visibleText(text: string): string {
  if (PRINTABLE.test(text)) return text;
  let result = "";
  let done = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const length = code > 0xffff ? 2 : 1;
    if (isHidden(code) || (length === 1 && isLoneSurrogate(text, at))) {
      result += `${text.slice(done, at)}\\u{${code.toString(16)}}`;
      done = at + length;
    }
    at += length;
  }
  return done === 0 ? text : result + text.slice(done);
}
