const PAIRS: ReadonlyMap<number, number> = new Map([
  [0x7b, 0x7d],
  [0x28, 0x29],
]);

/**
 * Offset after the `}` or `)` that closes the `{` or `(` at `open`; -1 if none does before `end`. Only brackets of that kind count, as in
 * Postfix's balpar().
 */
export function closingBracket(text: string, open: number, end: number): number {
  const opening = text.charCodeAt(open);
  const closing = PAIRS.get(opening);
  let depth = 0;
  for (let at = open; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === opening) depth += 1;
    else if (code === closing) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
