import { lowerAscii } from "./ascii.ts";

const MAX_WORD = 100;

/**
 * Edits (insert, delete, replace a code unit, swap two neighbours) from `a` to `b`, or null if more than `limit`. Only a band of width
 * 2 × limit + 1 is computed.
 */
export function editDistance(a: string, b: string, limit: number): number | null {
  if (Math.abs(a.length - b.length) > limit) return null;
  const tooMany = limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => Math.min(index, tooMany));
  for (let row = 1; row <= a.length; row += 1) {
    const current = previous.map(() => tooMany);
    current[0] = Math.min(row, tooMany);
    let least = current[0];
    const last = Math.min(b.length, row + limit);
    for (let column = Math.max(1, row - limit); column <= last; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column - 1] ?? tooMany) + (same ? 0 : 1),
        (previous[column] ?? tooMany) + 1,
        (current[column - 1] ?? tooMany) + 1,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforePrevious[column - 2] ?? tooMany) + 1);
      }
      current[column] = Math.min(cost, tooMany);
      least = Math.min(least, cost);
    }
    if (least > limit) return null;
    beforePrevious = previous;
    previous = current;
  }
  const distance = previous[b.length] ?? tooMany;
  return distance > limit ? null : distance;
}

/**
 * The candidate nearest to `word`, letter case ignored: at most 3 edits and a third of the word's length away. The first of several
 * equally near; null if none is near.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | null {
  if (word.length > MAX_WORD) return null;
  const wanted = lowerAscii(word);
  let limit = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  let best: string | null = null;
  for (const candidate of candidates) {
    if (candidate === word) continue;
    const distance = editDistance(wanted, lowerAscii(candidate), limit);
    if (distance === null) continue;
    best = candidate;
    if (distance === 0) break;
    limit = distance - 1;
  }
  return best;
}
