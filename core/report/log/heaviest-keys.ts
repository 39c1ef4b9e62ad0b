/** Keys, one behind the other: `arena[starts[index]..starts[index + 1])`. */
export interface KeyBytes {
  readonly arena: Uint8Array;
  readonly starts: Int32Array;
}

/**
 * The indexes of the `count` heaviest keys (all, if there are no more), in no order; of equal ones those whose bytes come first, so that it does not matter who
 * counted first. Costs a look at all weights, and a sort of them where many are wanted: nearly all keys of a long list weigh the same, and their bytes are looked at
 * only as far as they decide.
 */
export function heaviestKeys(keys: KeyBytes, weights: Float64Array, count: number): number[] {
  if (weights.length <= count) return Array.from(weights, (_, index) => index);
  const threshold = count <= FEW ? leastOfFew(weights, count) : leastOfMany(weights, count);
  const chosen: number[] = [];
  const equal: number[] = [];
  for (let index = 0; index < weights.length; index += 1) {
    const weight = weights[index] ?? 0;
    if (weight < threshold) continue;
    (weight > threshold ? chosen : equal).push(index);
  }
  chooseFirst(keys, equal, count - chosen.length, chosen);
  return chosen;
}

/** So many are sooner kept in their order than all are sorted. */
const FEW = 64;

/** The least of the `count` largest weights, of which there are more. */
function leastOfFew(weights: Float64Array, count: number): number {
  if (count === 0) return Number.POSITIVE_INFINITY;
  /** The largest so far, the least of them first. */
  const best = weights.slice(0, count).sort();
  let least = best[0] ?? 0;
  for (let index = count; index < weights.length; index += 1) {
    const weight = weights[index] ?? 0;
    if (weight <= least) continue;
    let place = 1;
    for (; place < count && (best[place] ?? 0) < weight; place += 1) best[place - 1] = best[place] ?? 0;
    best[place - 1] = weight;
    least = best[0] ?? 0;
  }
  return least;
}

function leastOfMany(weights: Float64Array, count: number): number {
  return weights.slice().sort()[weights.length - count] ?? Number.POSITIVE_INFINITY;
}

/** Compares two keys by their bytes. */
export function compareKeys({ arena, starts }: KeyBytes, one: number, other: number): number {
  const end = starts[one + 1] ?? 0;
  const otherEnd = starts[other + 1] ?? 0;
  let at = starts[one] ?? 0;
  let otherAt = starts[other] ?? 0;
  while (at < end && otherAt < otherEnd && arena[at] === arena[otherAt]) {
    at += 1;
    otherAt += 1;
  }
  if (at === end || otherAt === otherEnd) return end - at - (otherEnd - otherAt);
  return (arena[at] ?? 0) - (arena[otherAt] ?? 0);
}

/** Adds to `chosen` the `count` of these that come first: byte for byte, the group that is cut through is looked at again. */
function chooseFirst({ arena, starts }: KeyBytes, group: readonly number[], count: number, chosen: number[]): void {
  const sizes = new Int32Array(257);
  let undecided = group;
  let wanted = count;
  for (let depth = 0; wanted > 0 && wanted < undecided.length; depth += 1) {
    /** 0 for a key that ends here. */
    const letterOf = (index: number): number => {
      const at = (starts[index] ?? 0) + depth;
      return at < (starts[index + 1] ?? 0) ? (arena[at] ?? 0) + 1 : 0;
    };
    sizes.fill(0);
    for (const index of undecided) {
      const letter = letterOf(index);
      sizes[letter] = (sizes[letter] ?? 0) + 1;
    }
    let cut = 0;
    let before = 0;
    while (before + (sizes[cut] ?? 0) < wanted) before += sizes[cut++] ?? 0;
    const next: number[] = [];
    for (const index of undecided) {
      const letter = letterOf(index);
      if (letter < cut) chosen.push(index);
      else if (letter === cut) next.push(index);
    }
    wanted -= before;
    undecided = next;
  }
  for (let at = 0; at < wanted; at += 1) chosen.push(undecided[at] ?? 0);
}
