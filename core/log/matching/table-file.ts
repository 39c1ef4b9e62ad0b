import { readArrays, writeArrays } from "./array-file.ts";
import type { MatcherTables } from "./tables.ts";
import type { SystemBits } from "./writers.ts";

/** What is no array of numbers. */
interface Head {
  readonly root: number;
  readonly depth: number;
  readonly systems: readonly SystemBits[];
  readonly words: number;
}

/** Compiled templates as one run of bytes. */
export function writeTables({ code, labels, root, ends, keys, depth, writers }: MatcherTables): Uint8Array {
  const { bytes, table, users, list, members, kinds, verbs, keyless } = keys;
  const head: Head = { root, depth, systems: writers.systems, words: writers.words };
  return writeArrays(head, [
    code,
    labels,
    ends,
    bytes,
    table,
    users,
    list,
    members,
    kinds,
    verbs,
    keyless,
    writers.masks,
  ]);
}

/** The tables that `writeTables` wrote; they are views of the bytes. */
export function readTables(written: Uint8Array): MatcherTables {
  const { head, numbers, octets } = readArrays(written);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeTables, in the same build
  const { root, depth, systems, words } = head as Head;
  const code = numbers();
  const labels = octets();
  const ends = numbers();
  const keys = {
    bytes: octets(),
    table: numbers(),
    users: numbers(),
    list: numbers(),
    members: numbers(),
    kinds: numbers(),
    verbs: numbers(),
    keyless: numbers(),
  };
  const masks = numbers();
  return { code, labels, root, ends, keys, depth, writers: { masks, words, systems } };
}
