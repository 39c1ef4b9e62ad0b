import { readSync } from "node:fs";

const PIECE = 64 * 1024;
const LF = 10;

/** Where the last whole line among the first `size` bytes of a file ends: what comes behind is still being written. 0 without any. @throws the system's error */
export function lastLineEnd(fd: number, size: number): number {
  const buffer = new Uint8Array(PIECE);
  for (let end = size; end > 0; end -= PIECE) {
    const start = Math.max(0, end - PIECE);
    const read = readSync(fd, buffer, 0, end - start, start);
    const at = buffer.subarray(0, read).lastIndexOf(LF);
    if (at !== -1) return start + at + 1;
  }
  return 0;
}
