/**
 * Numbers for short runs of bytes, such as tags and hosts: equal bytes, equal number. Looking up a known one makes nothing. Numbers count up
 * from 0 in the order of first sight.
 */
export interface ByteNames {
  readonly count: number;
  /** The number of a known run, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number;
  /** The number of a run, a new one at first sight. */
  add(bytes: Uint8Array, start: number, end: number): number;
  /** The bytes of a number: a view, not to be written to. Empty for a number that is none. */
  bytesOf(number: number): Uint8Array;
}

const SMALLEST = 64;

export function createByteNames(): ByteNames {
  let count = 0;
  let kept = new Uint8Array(SMALLEST * 16);
  /** Where each name starts in `kept`, and one more: where the next one will. */
  let starts = new Uint32Array(SMALLEST + 1);
  let hashes = new Uint32Array(SMALLEST);
  /** Open addressing, at most half full: 1 + the number, 0 where there is none. */
  let table = new Uint32Array(SMALLEST * 2);

  function slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = table.length - 1;
    let slot = hash & mask;
    for (let entry = table[slot] ?? 0; entry !== 0; entry = table[slot] ?? 0) {
      if (hashes[entry - 1] === hash && isEqual(entry - 1, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  function isEqual(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = starts[number] ?? 0;
    const length = (starts[number + 1] ?? 0) - from;
    if (length !== end - start) return false;
    for (let index = 0; index < length; index += 1) if (kept[from + index] !== bytes[start + index]) return false;
    return true;
  }

  function grow(): void {
    const larger = count * 2;
    starts = copyTo(new Uint32Array(larger + 1), starts);
    hashes = copyTo(new Uint32Array(larger), hashes);
    table = new Uint32Array(larger * 2);
    const mask = table.length - 1;
    for (let number = 0; number < count; number += 1) {
      let slot = (hashes[number] ?? 0) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = number + 1;
    }
  }

  return {
    get count() {
      return count;
    },
    find: (bytes, start, end) => (table[slotOf(bytes, start, end, hashOf(bytes, start, end))] ?? 0) - 1,
    add(bytes, start, end) {
      const hash = hashOf(bytes, start, end);
      const known = table[slotOf(bytes, start, end, hash)] ?? 0;
      if (known !== 0) return known - 1;
      if (count === hashes.length) grow();
      const at = starts[count] ?? 0;
      const stop = at + end - start;
      if (stop > kept.length) kept = copyTo(new Uint8Array(Math.max(stop, kept.length * 2)), kept);
      kept.set(bytes.subarray(start, end), at);
      hashes[count] = hash;
      starts[count + 1] = stop;
      table[slotOf(bytes, start, end, hash)] = count + 1;
      count += 1;
      return count - 1;
    },
    bytesOf: (number) => kept.subarray(starts[number] ?? 0, starts[number + 1] ?? starts[number] ?? 0),
  };
}

function copyTo<Values extends Uint8Array | Uint32Array>(to: Values, from: Values): Values {
  to.set(from);
  return to;
}

/** Strangers choose names too: without knowing where the hash begins they cannot choose ones that collide. */
const SEED = Math.floor(Math.random() * 0x1_0000_0000);

/** FNV-1a over the bytes, from a start of this process's own. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = SEED;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
