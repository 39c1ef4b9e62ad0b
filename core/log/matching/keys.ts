import type { Reach } from "./reach.ts";

/**
 * The keys of templates, by which the machine finds out which of them a line may be an instance of (core/log/assembly/keys.ts). The key of a template is one of
 * its literals: a line that does not hold it is no instance. For a search that looks at every fourth byte only, a key is at least so long that one of four
 * neighbouring words of it, each of four bytes, starts at such a byte.
 */
export interface Keys {
  /** The keys one after the other. */
  readonly bytes: Uint8Array;
  /**
   * The words of all keys, in a table with open addressing, whose length is a power of two: for each the word as this machine reads four bytes as one number,
   * the number of its first user, and how many it has; 0 for a free place.
   */
  readonly table: Int32Array;
  /** For each user of a word, that is an end: its reach (four numbers), its number, the word's offset in its key, where in `bytes` the key starts, its length. */
  readonly users: Int32Array;
  /** The ends that have no key, in ascending order. */
  readonly keyless: Int32Array;
  /** By end, and one more: how many before it have no key. */
  readonly keylessBefore: Int32Array;
}

/** A template to find a key of: its literals, and what is gained by finding it. */
interface Keyed {
  readonly literals: readonly Uint8Array[];
  readonly reach: Reach;
}

interface Key {
  readonly literal: Uint8Array;
  /** Where the four words begin. */
  readonly offset: number;
}

type User = readonly [...reach: readonly [number, number, number, number], number, number, number, number];

const WORD = 4;
const SHORTEST = 2 * WORD - 1;

/** What a word is multiplied with to find its place. */
export const MIX = 0x9e3779b1;

/**
 * Of each template the key is the literal with the rarest words, and the four words are its rarest: those that the fewest literals of templates hold, since
 * what many messages share is what lines are full of. Of equals the longer.
 */
export function chooseKeys(ends: readonly Keyed[]): Keys {
  const holders = new Map<number, number>();
  for (const { literals } of ends) {
    for (const value of new Set(literals.flatMap(wordsOf))) holders.set(value, (holders.get(value) ?? 0) + 1);
  }
  const bytes: number[] = [];
  const keyless: number[] = [];
  const keylessBefore = [0];
  const users = new Map<number, User[]>();
  ends.forEach(({ literals, reach }, end) => {
    const key = keyOf(literals, holders);
    if (key === null) keyless.push(end);
    else {
      const { literal, offset } = key;
      const { message, entry, hint, writers } = reach;
      wordsOf(literal)
        .slice(offset, offset + WORD)
        .forEach((word, index) => {
          const user: User = [message, entry, hint, writers, end, offset + index, bytes.length, literal.length];
          const known = users.get(word);
          if (known === undefined) users.set(word, [user]);
          else known.push(user);
        });
      bytes.push(...literal);
    }
    keylessBefore.push(keyless.length);
  });
  return {
    bytes: Uint8Array.from(bytes),
    ...tabulate(users),
    keyless: Int32Array.from(keyless),
    keylessBefore: Int32Array.from(keylessBefore),
  };
}

function keyOf(literals: readonly Uint8Array[], holders: ReadonlyMap<number, number>): Key | null {
  let fewest = Number.POSITIVE_INFINITY;
  let key: Key | null = null;
  for (const literal of literals.toSorted((one, other) => other.length - one.length)) {
    if (literal.length < SHORTEST) break;
    const counts = wordsOf(literal).map((value) => holders.get(value) ?? 0);
    for (let offset = 0; offset + WORD <= counts.length; offset += 1) {
      const most = Math.max(...counts.slice(offset, offset + WORD));
      if (most >= fewest) continue;
      fewest = most;
      key = { literal, offset };
    }
  }
  return key;
}

function tabulate(users: ReadonlyMap<number, readonly User[]>): Pick<Keys, "table" | "users"> {
  let places = 64;
  while (places < users.size * 2) places *= 2;
  const table = new Int32Array(places * 3);
  const flat: number[] = [];
  let first = 0;
  for (const [word, list] of users) {
    let place = Math.imul(word, MIX) & (places - 1);
    while (table[place * 3 + 2] !== 0) place = (place + 1) & (places - 1);
    table.set([word, first, list.length], place * 3);
    flat.push(...list.flat());
    first += list.length;
  }
  return { table, users: Int32Array.from(flat) };
}

const number = new Int32Array(1);
const bytesOfNumber = new Uint8Array(number.buffer);

/** Four bytes as this machine reads them as one number. */
function wordAt(bytes: Uint8Array, at: number): number {
  for (let index = 0; index < WORD; index += 1) bytesOfNumber[index] = bytes[at + index] ?? 0;
  return number[0] ?? 0;
}

function wordsOf(key: Uint8Array): number[] {
  return Array.from({ length: Math.max(0, key.length - WORD + 1) }, (_, at) => wordAt(key, at));
}
