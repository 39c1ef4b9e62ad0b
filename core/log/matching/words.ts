/** Four neighbouring bytes as the machine reads them: as one number, the first byte its lowest. Those behind the end count as 0. */
export function wordAt(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return first | (second << 8) | (third << 16) | (fourth << 24);
}

/** The word at each byte where one begins. */
export function wordsOf(bytes: Uint8Array): number[] {
  const words: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 1) words.push(wordAt(bytes, at));
  return words;
}
