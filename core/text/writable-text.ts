/**
 * Whether `text` may go into one line of a configuration file: no line break in anybody's eyes (NEL, U+2028 and U+2029 break lines
 * in some editors), no control character but tab, nothing that cannot be encoded as UTF-8.
 */
export function isWritableLine(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isLoneSurrogate(text, at)) return false;
    if (code < 32 && code !== 9) return false;
    if (code >= 127 && code < 160) return false;
    if (code === 0x2028 || code === 0x2029 || code === 0xfeff) return false;
  }
  return true;
}

/** Half of a character: it has no UTF-8 form and would be written as U+FFFD. */
export function isLoneSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0xd800 || code > 0xdfff) return false;
  if (code >= 0xdc00) {
    const before = text.charCodeAt(at - 1);
    return !(before >= 0xd800 && before < 0xdc00);
  }
  const after = text.charCodeAt(at + 1);
  return !(after >= 0xdc00 && after <= 0xdfff);
}

/** The line break a text uses: that of its first line. */
export function lineBreakOf(text: string): "\n" | "\r\n" {
  const first = text.indexOf("\n");
  return first > 0 && text.charCodeAt(first - 1) === 13 ? "\r\n" : "\n";
}
