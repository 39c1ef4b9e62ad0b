/** What core/report/log/key-hash.ts computes, number for number: tables made here and there are merged. */

export function hashKey(start: usize, end: usize, fold: bool): u32 {
  let hash: u32 = 0x811c9dc5 ^ <u32>(end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) hash = stirIn(hash, fourBytes(at, fold));
  for (; at < end; at += 1) hash = stirIn(hash, foldByte(load<u8>(at), fold));
  hash ^= hash >>> 15;
  hash *= 0x2c1b3c6d;
  return hash ^ (hash >>> 13);
}

function stirIn(hash: u32, word: u32): u32 {
  const mixed = (hash ^ word) * 0x9e3779b1;
  return mixed ^ (mixed >>> 15);
}

export function fourBytes(at: usize, fold: bool): u32 {
  const word = load<u32>(at);
  if (!fold) return word;
  const low = word & 0x7f7f7f7f;
  const isUpper = ((low + 0x3f3f3f3f) ^ (low + 0x25252525)) & ~word & 0x80808080;
  return word | (isUpper >>> 2);
}

export function foldByte(byte: u8, fold: bool): u8 {
  return fold && <u8>(byte - 0x41) < 26 ? byte | 0x20 : byte;
}

export function fingerprint(start: usize, end: usize): f64 {
  let low: u32 = 0x811c9dc5;
  let high: u32 = 0x9747b28c;
  for (let at = start; at < end; at += 1) {
    const byte = <u32>load<u8>(at);
    low = (low ^ byte) * 0x01000193;
    high = ((high ^ byte) * 0x85ebca6b) ^ (high >>> 13);
  }
  low = (low ^ (low >>> 16)) * 0x85ebca6b;
  high = (high ^ (high >>> 15) ^ low) * 0xc2b2ae35;
  return <f64>(((<u64>high) << 21) | <u64>((low ^ (low >>> 13)) >>> 11));
}
