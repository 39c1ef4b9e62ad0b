/** Numbers that look random and are the same for one seed on every machine: integers only, no floating point that could round differently. */
export interface Random {
  /** From 0 to `below` - 1. */
  int(below: number): number;
  /** True in so many of 1,000 cases. */
  chance(perMille: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** So many characters of an alphabet. */
  word(alphabet: string, length: number): string;
}

/** xorshift32 (Marsaglia, 2003). @param seed any integer */
export function createRandom(seed: number): Random {
  let state = seed >>> 0 || 0x9e3779b9;

  function next(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  }

  const int = (below: number): number => next() % below;
  return {
    int,
    chance: (perMille) => int(1000) < perMille,
    pick: (items) => items[int(items.length)] ?? items[0],
    word(alphabet, length) {
      let text = "";
      for (let index = 0; index < length; index += 1) text += alphabet[int(alphabet.length)] ?? "";
      return text;
    },
  };
}
