import { decodeUtf8, encodeUtf8 } from "../utf8.ts";
import type { MatcherTables } from "./tables.ts";
import type { SystemBits } from "./writers.ts";

/** What is no array of numbers. Lengths of the arrays count elements. */
interface Head {
  readonly root: number;
  readonly depth: number;
  readonly systems: readonly SystemBits[];
  readonly words: number;
  readonly lengths: readonly number[];
}

const WORD = 4;

/**
 * Compiled templates as one run of bytes, for the same machine or one like it: numbers are written as they lie in memory. The length of the head, the head as
 * JSON, then each array at the next multiple of four.
 */
export function writeTables(tables: MatcherTables): Uint8Array {
  const { root, depth, writers } = tables;
  const arrays = arraysOf(tables);
  const lengths = arrays.map(({ length }) => length);
  const own: Head = { root, depth, systems: writers.systems, words: writers.words, lengths };
  const head = encodeUtf8(JSON.stringify(own));
  const size = arrays.reduce((sum, { byteLength }) => sum + aligned(byteLength), aligned(WORD + head.length));
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, WORD);
  let at = aligned(WORD + head.length);
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  return bytes;
}

/** The tables that `writeTables` wrote; they are views of the bytes. */
export function readTables(given: Uint8Array): MatcherTables {
  const bytes = given.byteOffset % WORD === 0 ? given : given.slice();
  const { buffer, byteOffset } = bytes;
  const headLength = new DataView(buffer, byteOffset).getUint32(0, true);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeTables, in the same build
  const head = JSON.parse(decodeUtf8(bytes, WORD, WORD + headLength)) as Head;
  let next = aligned(WORD + headLength);
  let array = 0;
  const numbers = (): Int32Array => {
    const length = head.lengths[array++] ?? 0;
    const found = new Int32Array(buffer, byteOffset + next, length);
    next += length * WORD;
    return found;
  };
  const octets = (): Uint8Array => {
    const length = head.lengths[array++] ?? 0;
    const found = new Uint8Array(buffer, byteOffset + next, length);
    next += aligned(length);
    return found;
  };
  const { root, depth, systems, words } = head;
  const code = numbers();
  const labels = octets();
  const ends = numbers();
  const keys = {
    bytes: octets(),
    table: numbers(),
    users: numbers(),
    list: numbers(),
    members: numbers(),
    verbs: numbers(),
    keyless: numbers(),
  };
  const masks = numbers();
  return { code, labels, root, ends, keys, depth, writers: { masks, words, systems } };
}

/** In the order of the file. */
function arraysOf({ code, labels, ends, keys, writers }: MatcherTables): readonly (Int32Array | Uint8Array)[] {
  const { bytes, table, users, list, members, verbs, keyless } = keys;
  return [code, labels, ends, bytes, table, users, list, members, verbs, keyless, writers.masks];
}

function aligned(length: number): number {
  return Math.ceil(length / WORD) * WORD;
}
