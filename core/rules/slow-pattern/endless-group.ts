import { type Item, patternTree } from "./pattern-tree.ts";

/**
 * A group such as `(a+)+` or `([a-z]+\.?)*`, which can take the same text in more ways than there are atoms, and behind which something must still
 * fit: if it does not, the engine tries them all. Null for none, and for what is not understood.
 */
export function endlessGroup(pattern: string): { readonly from: number; readonly to: number } | null {
  for (const sequence of patternTree(pattern) ?? []) {
    const found = inSequence(sequence, false);
    if (found !== null) return found;
  }
  return null;
}

/** `mayFail`: something behind the sequence may still not fit. */
function inSequence(items: readonly Item[], mayFail: boolean): Item | null {
  const lastNeeded = items.findLastIndex((one) => one.min > 0 || one.kind === "place");
  for (const [index, item] of items.entries()) {
    if (item.kind !== "group") continue;
    const fails = mayFail || lastNeeded > index;
    if (fails && isUnbounded(item) && item.alternatives.some(takesInManyWays)) return item;
    for (const alternative of item.alternatives) {
      const found = inSequence(alternative, fails);
      if (found !== null) return found;
    }
  }
  return null;
}

/** One thing repeated without end, all others beside it perhaps absent: rounds of the group can share the text out as they like. */
function takesInManyWays(items: readonly Item[]): boolean {
  const needed = items.filter(({ min }) => min > 0);
  const [only] = needed;
  if (needed.length !== 1 || only === undefined) return false;
  if (only.kind === "character") return isUnbounded(only);
  return only.kind === "group" && only.max === 1 && only.alternatives.some(takesInManyWays);
}

function isUnbounded({ max, possessive }: Item): boolean {
  return max === null && !possessive;
}
