const HEX = "0123456789abcdefABCDEF";

/** Postfix classes bytes as C does in the C locale; a no-break space or NEL is no whitespace there. */
export function isSpaceCode(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

export function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isAlnumCode(code: number): boolean {
  return isDigitCode(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** ASCII punctuation: CommonMark lets a backslash stand before each of these and takes it for itself then. */
export function isPunctuationCode(code: number): boolean {
  return (
    (code >= 33 && code <= 47) ||
    (code >= 58 && code <= 64) ||
    (code >= 91 && code <= 96) ||
    (code >= 123 && code <= 126)
  );
}

/** Whether the text is hexadecimal digits only. */
export function isHex(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!HEX.includes(text.charAt(at))) return false;
  return text !== "";
}

/** First offset in `from..end` that holds no whitespace; `end` if all do. */
export function skipSpace(text: string, from: number, end: number = text.length): number {
  let at = from;
  while (at < end && isSpaceCode(text.charCodeAt(at))) at += 1;
  return at;
}

/** Offset after the last code unit in `from..end` that is no whitespace; `from` if all are. */
export function trimmedEnd(text: string, from: number, end: number = text.length): number {
  let at = end;
  while (at > from && isSpaceCode(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** `text` without leading and trailing whitespace as C has it. */
export function trimAscii(text: string): string {
  const start = skipSpace(text, 0);
  return text.slice(start, trimmedEnd(text, start));
}

/** Lower case for A to Z only: what Postfix does where it ignores case. */
export function lowerAscii(text: string): string {
  let result = "";
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 65 || code > 90) continue;
    result += text.slice(done, at) + String.fromCharCode(code + 32);
    done = at + 1;
  }
  return done === 0 ? text : result + text.slice(done);
}
