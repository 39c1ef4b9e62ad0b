import { type LinesVisitor, LONGEST_LINE, type ReadRoom } from "./file-range.ts";

const LF = 10;
/** Bytes that are visited at once. */
const BLOCK = 256 * 1024;

/**
 * Visits the lines of a stream of bytes in blocks, in constant memory; `visit` may return a promise, which is waited for. What stands behind LONGEST_LINE on a
 * line is passed over.
 */
export async function visitStream(
  chunks: AsyncIterable<Uint8Array>,
  room: ReadRoom,
  visit: (...block: Parameters<LinesVisitor>) => Promise<void> | undefined,
): Promise<void> {
  let size = BLOCK * 2;
  /** Bytes in the room that begin a line whose end has not come yet. */
  let kept = 0;
  /** The rest of a line that is too long comes first. */
  let isPassing = false;

  /** @returns what is to be waited for */
  function add(chunk: Uint8Array, start: number, end: number): Promise<void> | undefined {
    const filled = kept + end - start;
    if (filled > size) size = Math.max(filled, size * 2);
    room(size).set(chunk.subarray(start, end), kept);
    const last = chunk.subarray(start, end).lastIndexOf(LF);
    const behind = last === -1 ? 0 : kept + last + 1;
    const waiting = behind === 0 ? undefined : visit(room(size), 0, behind);
    kept = filled - behind;
    if (behind > 0) room(size).copyWithin(0, behind, filled);
    return waiting;
  }

  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      if (isPassing) {
        const feed = chunk.indexOf(LF, start);
        isPassing = feed === -1;
        start = feed === -1 ? chunk.length : feed + 1;
        continue;
      }
      const end = Math.min(chunk.length, start + BLOCK);
      const waiting = add(chunk, start, end);
      if (waiting !== undefined) await waiting;
      start = end;
      if (kept < LONGEST_LINE) continue;
      await visit(room(size), 0, LONGEST_LINE);
      kept = 0;
      isPassing = true;
    }
  }
  if (kept > 0) await visit(room(size), 0, kept);
}
