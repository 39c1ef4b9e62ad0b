/** 53 bits of a text, as a whole number from 0: enough to tell a million texts apart. Not for secrets: a stranger can make two collide. */
export function fingerprint(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 13);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b);
  high = Math.imul(high ^ (high >>> 15) ^ low, 0xc2b2ae35);
  return (high >>> 0) * 0x200000 + ((low ^ (low >>> 13)) >>> 11);
}
