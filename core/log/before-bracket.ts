const OPEN = 0x28;
const CLOSE = 0x29;

/**
 * Where a value ends that takes the rest of a line behind an open `(`: before a last `)` that closes nothing in the
 * value. A line that was cut off has none.
 */
export function beforeBracket(line: Uint8Array, start: number, end: number): number {
  if (line[end - 1] !== CLOSE) return end;
  let open = 0;
  for (let at = start; at < end; at += 1) {
    if (line[at] === OPEN) open += 1;
    else if (line[at] === CLOSE) open -= 1;
  }
  return open < 0 ? end - 1 : end;
}
