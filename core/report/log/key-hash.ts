/** The 32 bits that a key's bytes come to; `fold` takes A to Z for a to z. Not for secrets: a stranger can make two keys collide, which only costs time. */
export function hashKey(bytes: Uint8Array, start: number, end: number, fold: boolean): number {
  let hash = 0x811c9dc5 ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) hash = stirIn(hash, fourBytes(bytes, at, fold));
  for (; at < end; at += 1) hash = stirIn(hash, foldByte(bytes[at] ?? 0, fold));
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function stirIn(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** The four bytes from `at` on as one number. */
export function fourBytes(bytes: Uint8Array, at: number, fold: boolean): number {
  const word =
    (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  return fold ? foldFour(word) : word;
}

/** As foldByte, all four at once: no sum reaches into the next byte, as the highest bit of each is left out of it. */
function foldFour(word: number): number {
  const low = word & 0x7f7f7f7f;
  const fromA = (low + 0x3f3f3f3f) | 0;
  const beyondZ = (low + 0x25252525) | 0;
  const isUpper = (fromA ^ beyondZ) & ~word & 0x80808080;
  return word | (isUpper >>> 2);
}

/** 53 bits, as a whole number from 0: enough to tell a million keys apart. */
export function fingerprint(bytes: Uint8Array, start: number, end: number): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x85ebca6b) ^ (high >>> 13);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b);
  high = Math.imul(high ^ (high >>> 15) ^ low, 0xc2b2ae35);
  return (high >>> 0) * 0x200000 + ((low ^ (low >>> 13)) >>> 11);
}

export function foldByte(byte: number, fold: boolean): number {
  return fold && byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
