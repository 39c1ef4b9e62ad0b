/** Keys are told apart exactly up to so many. */
const KEPT = 65_536;

/**
 * How many different keys there were: the KEPT smallest of their fingerprints. Exact up to KEPT keys, then estimated from how close together the smallest
 * lie (the k-minimum-values sketch of Bar-Yossef and others), within 1 % nearly always. Plain data.
 */
export interface DistinctCount {
  /** Fingerprints; may hold more than KEPT for a while. */
  readonly held: Set<number>;
  /** Fingerprints from here on are not among the smallest. */
  limit: number;
}

const RANGE = 2 ** 53;

export function distinctCount(): DistinctCount {
  return { held: new Set(), limit: RANGE };
}

/** @param key its fingerprint */
export function addDistinct(count: DistinctCount, key: number): void {
  if (key >= count.limit) return;
  count.held.add(key);
  if (count.held.size >= KEPT * 2) trim(count);
}

export function mergeDistinct(into: DistinctCount, other: DistinctCount): void {
  into.limit = Math.min(into.limit, other.limit);
  for (const key of other.held) if (key < into.limit) into.held.add(key);
  if (into.held.size > KEPT || into.limit < RANGE) trim(into);
}

export interface Distinct {
  readonly count: number;
  readonly isEstimate: boolean;
}

export function distinct(count: DistinctCount): Distinct {
  if (count.limit === RANGE) return { count: count.held.size, isEstimate: false };
  const keys = [...count.held].filter((key) => key < count.limit);
  return { count: Math.round((keys.length * RANGE) / count.limit), isEstimate: true };
}

/** Keeps the smallest; every key below the limit that ever came is held. */
function trim(count: DistinctCount): void {
  const keys = Float64Array.from(count.held).sort();
  if (keys.length > KEPT) count.limit = Math.min(count.limit, keys[KEPT] ?? RANGE);
  count.held.clear();
  for (const key of keys) if (key < count.limit) count.held.add(key);
}
