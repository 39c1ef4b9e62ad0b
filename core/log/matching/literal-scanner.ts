import { encodeUtf8 } from "../utf8.ts";
import { buildTrie, childAt, type TrieNode } from "./byte-trie.ts";
import type { Reached } from "./reach.ts";

/** Every literal that any search looks for, numbered. */
export interface LiteralSet {
  readonly count: number;
  /** The number of one of them. */
  numberOf(literal: string): number;
  /** A scanner of its own state; the set may have several. */
  createScanner(): LiteralScanner;
}

/**
 * Where literals stand in one line. All searches share one scan: the first one asks for it, and each then goes over
 * what was found only.
 */
export interface LiteralScanner {
  /**
   * Find every occurrence of every literal in `bytes[start..end)`, in the order of their starts. At most the longest
   * literal is read at each byte.
   */
  scan(bytes: Uint8Array, start: number, end: number): void;
  /** The number of what was found. */
  count: number;
  /** Where each occurrence starts, and the number of its literal: the first `count` of each array. */
  starts: Int32Array;
  literals: Int32Array;
}

/** Index of the first occurrence that starts at or after an offset. */
export function firstFrom({ starts, count }: LiteralScanner, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Numbered extends Reached {
  readonly literal: number;
}

const SOME = { message: 0, entry: 0, writers: 0 };

/** @param literals none empty; may repeat */
export function collectLiterals(literals: readonly string[]): LiteralSet {
  const numbers = new Map([...new Set(literals)].map((literal, number) => [literal, number]));
  const distinct = [...numbers.keys()].map(encodeUtf8);
  const trie = buildTrie<Numbered>(
    distinct.map((bytes, literal) => ({ bytes, value: { reach: SOME, literal } })),
    () => SOME,
  );
  const pairs = pairsOf(distinct);
  const firsts = new Uint8Array(256);
  for (const [first = 0] of distinct) firsts[first] = 1;
  return {
    count: distinct.length,
    numberOf: (literal) => numbers.get(literal) ?? -1,
    createScanner: () => createScanner(trie, firsts, pairs),
  };
}

/**
 * By first byte times 256 plus second byte: 1 if a literal starts so. Most places of a line are passed by this alone.
 */
function pairsOf(literals: readonly Uint8Array[]): Uint8Array {
  const pairs = new Uint8Array(65_536);
  for (const [first = 0, second] of literals) {
    if (second === undefined) pairs.fill(1, first * 256, first * 256 + 256);
    else pairs[first * 256 + second] = 1;
  }
  return pairs;
}

function createScanner(trie: TrieNode<Numbered>, firsts: Uint8Array, pairs: Uint8Array): LiteralScanner {
  const scanner: LiteralScanner = {
    count: 0,
    starts: new Int32Array(256),
    literals: new Int32Array(256),
    scan(bytes, start, end) {
      scanner.count = 0;
      for (let at = start; at < end; at += 1) {
        const byte = bytes[at] ?? 0;
        if (firsts[byte] === 0) continue;
        const following = at + 1 < end ? (bytes[at + 1] ?? 0) : 0;
        if (pairs[byte * 256 + following] !== 0) walk(bytes, at, end);
      }
    },
  };

  function add(start: number, literal: number): void {
    if (scanner.count === scanner.starts.length) {
      scanner.starts = grown(scanner.starts);
      scanner.literals = grown(scanner.literals);
    }
    scanner.starts[scanner.count] = start;
    scanner.literals[scanner.count] = literal;
    scanner.count += 1;
  }

  function walk(bytes: Uint8Array, at: number, end: number): void {
    let node: TrieNode<Numbered> | null = trie;
    let next = at;
    while (node !== null) {
      const { label, value } = node;
      const { length } = label;
      if (next + length > end) return;
      for (let index = 0; index < length; index += 1) {
        if (bytes[next + index] !== label[index]) return;
      }
      next += length;
      if (value !== null) add(at, value.literal);
      if (next >= end) return;
      node = childAt(node, bytes[next] ?? 0);
    }
  }

  return scanner;
}

function grown(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
