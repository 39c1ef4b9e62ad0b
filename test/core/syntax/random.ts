/** Seeded random numbers, so that a failure can be repeated from its seed. */
export interface Random {
  /** 0 up to, not including, `limit`. */
  below(limit: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** The mulberry32 generator. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, pick: (items) => items[below(items.length)] ?? items[0] };
}

const SNIPPETS: readonly [string, ...string[]] = [
  "\n",
  "\r\n",
  "\n ",
  "\n#",
  "\n\n",
  " ",
  "\t",
  ",",
  "=",
  "#",
  "{",
  "}",
  "$",
  "${",
  "(",
  ")",
  "[",
  "]",
  '"',
  "'",
  "\\",
  "/",
  "!",
  ":",
  "-o ",
  "\0",
  "\ufeff",
  "\ud800",
  "é",
  "if ",
  "endif\n",
];

/** A few random deletions, copies, moves and insertions. */
export function mutate(from: Random, text: string): string {
  let result = text;
  for (let count = 1 + from.below(5); count > 0; count -= 1) {
    const start = from.below(result.length + 1);
    const end = Math.min(result.length, start + from.below(20));
    const kind = from.below(3);
    if (kind === 0) result = result.slice(0, start) + result.slice(end);
    else if (kind === 1) result = result.slice(0, start) + from.pick(SNIPPETS) + result.slice(start);
    else result = result.slice(0, end) + result.slice(start);
  }
  return result;
}
