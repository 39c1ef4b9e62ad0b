import { decodeUtf8, encodeUtf8 } from "../utf8.ts";

const WORD = 4;

/**
 * Arrays as one run of bytes, for the same machine or one like it: numbers are written as they lie in memory. The length of the head, the head as JSON, then each
 * array at the next multiple of four.
 */
export function writeArrays(head: unknown, arrays: readonly (Int32Array | Uint8Array)[]): Uint8Array {
  const lengths = arrays.map(({ length }) => length);
  const written = encodeUtf8(JSON.stringify({ head, lengths }));
  const size = arrays.reduce((sum, { byteLength }) => sum + aligned(byteLength), aligned(WORD + written.length));
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, written.length, true);
  bytes.set(written, WORD);
  let at = aligned(WORD + written.length);
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  return bytes;
}

/** What was written: the head, and the arrays when they are asked for in their order. */
export interface ArrayReader {
  readonly head: unknown;
  readonly numbers: () => Int32Array;
  readonly octets: () => Uint8Array;
}

/** What `writeArrays` wrote; the arrays are views of the bytes. */
export function readArrays(given: Uint8Array): ArrayReader {
  const bytes = given.byteOffset % WORD === 0 ? given : given.slice();
  const { buffer, byteOffset } = bytes;
  const headLength = new DataView(buffer, byteOffset).getUint32(0, true);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeArrays, in the same build
  const { head, lengths } = JSON.parse(decodeUtf8(bytes, WORD, WORD + headLength)) as {
    readonly head: unknown;
    readonly lengths: readonly number[];
  };
  let at = aligned(WORD + headLength);
  let array = 0;
  return {
    head,
    numbers() {
      const found = new Int32Array(buffer, byteOffset + at, lengths[array++] ?? 0);
      at += found.byteLength;
      return found;
    },
    octets() {
      const found = new Uint8Array(buffer, byteOffset + at, lengths[array++] ?? 0);
      at += aligned(found.length);
      return found;
    },
  };
}

function aligned(length: number): number {
  return Math.ceil(length / WORD) * WORD;
}
