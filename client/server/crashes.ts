/** So many ends within so many milliseconds are too many: what ends the server will most likely end it again. */
const TOO_MANY = 5;
const WITHIN = 3 * 60_000;

/** Counts the ends of the server that nobody asked for. */
export interface Crashes {
  /** One more. @param now milliseconds, of any clock that does not go back @returns whether the server may be started again */
  mayRestart(now: number): boolean;
  /** How many there have been in all. */
  total(): number;
  /** The user had it started again: what was before no longer counts. */
  forget(): void;
}

export function createCrashes(): Crashes {
  let ends: readonly number[] = [];
  let total = 0;
  return {
    mayRestart(now) {
      total += 1;
      ends = [...ends, now].filter((end) => now - end <= WITHIN);
      return ends.length < TOO_MANY;
    },
    total: () => total,
    forget() {
      ends = [];
    },
  };
}
