/** How a file was saved where that is not plain UTF-8. `-mark`: it begins with a byte order mark. */
export type SavedAs = "utf-8-mark" | "utf-16le-mark" | "utf-16be-mark" | "utf-16le" | "utf-16be";

/** How many bytes of a file's beginning tell. */
export const SAVED_AS_HEAD = 64;

const FEWEST = 4;

/** What the first bytes of a file say of how it was saved; null for plain UTF-8 and for all that is not known here. */
export function savedAsOf(head: Uint8Array): SavedAs | null {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8-mark";
  if (first === 0xff && second === 0xfe) return "utf-16le-mark";
  if (first === 0xfe && second === 0xff) return "utf-16be-mark";
  return withoutMark(head.subarray(0, SAVED_AS_HEAD));
}

/** Latin letters in UTF-16 have a NUL for every second byte, and text in UTF-8 has none. */
function withoutMark(head: Uint8Array): SavedAs | null {
  if (head.length < FEWEST) return null;
  const nuls: [number, number] = [0, 0];
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) nuls[at % 2 === 0 ? 0 : 1] += 1;
  const [even, odd] = nuls;
  const half = head.length / 4;
  if (even === 0 && odd >= half) return "utf-16le";
  return odd === 0 && even >= half ? "utf-16be" : null;
}
