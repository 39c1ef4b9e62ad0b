const LF = 10;

/** Bytes of a line that are looked at. What follows on it is passed over, so that no line can fill the memory. */
const LONGEST_LINE = 1024 * 1024;

/**
 * A line is `bytes[start..end)`, its line break not included; it is valid until the visitor is done. `number` is 1-based.
 * A promise is waited for.
 */
export type LineVisitor = (bytes: Uint8Array, start: number, end: number, number: number) => Promise<void> | undefined;

/** Visits the lines of a stream of bytes one after the other, in constant memory. The last line needs no line break. */
export async function visitLines(chunks: AsyncIterable<Uint8Array>, visit: LineVisitor): Promise<void> {
  let carried = new Uint8Array(65_536);
  let length = 0;
  /** The present line began in an earlier chunk, even if none of its bytes were kept. */
  let isOpen = false;
  let number = 0;

  const carry = (bytes: Uint8Array, start: number, end: number): void => {
    const kept = Math.min(end - start, LONGEST_LINE - length);
    if (length + kept > carried.length) {
      const larger = new Uint8Array(Math.min(LONGEST_LINE, Math.max(carried.length * 2, length + kept)));
      larger.set(carried.subarray(0, length));
      carried = larger;
    }
    carried.set(bytes.subarray(start, start + kept), length);
    length += kept;
    isOpen = true;
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let feed = chunk.indexOf(LF); feed !== -1; feed = chunk.indexOf(LF, start)) {
      number += 1;
      let waiting: Promise<void> | undefined;
      if (isOpen) {
        carry(chunk, start, feed);
        waiting = visit(carried, 0, length, number);
      } else {
        waiting = visit(chunk, start, Math.min(feed, start + LONGEST_LINE), number);
      }
      if (waiting !== undefined) await waiting;
      isOpen = false;
      length = 0;
      start = feed + 1;
    }
    if (start < chunk.length) carry(chunk, start, chunk.length);
  }
  if (isOpen) await visit(carried, 0, length, number + 1);
}
