/** The 32 bits that a key's bytes come to; `fold` takes A to Z for a to z. Not for secrets: a stranger can make two keys collide, which only costs time. */
export function hashKey(bytes: Uint8Array, start: number, end: number, fold: boolean): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) {
    hash = Math.imul(hash ^ foldByte(bytes[at] ?? 0, fold), 0x01000193);
  }
  // FNV-1a leaves the low bits of short keys alike: stir once more.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
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
