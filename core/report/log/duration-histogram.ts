import { DELAY_BUCKETS as BUCKETS } from "../../log/flow/flow-counts.ts";

/** Each bucket reaches so much further than the one before: a percentile is at most this share too large. */
const GROWTH = 1.05;
const STEP = Math.log(GROWTH);

/**
 * Durations in buckets whose widths grow with them. Bounded, mergeable by addition, plain data. From a millisecond to two years; shorter is 0, longer falls
 * into the last.
 */
export interface DurationHistogram {
  readonly buckets: Float64Array;
  count: number;
  /** Milliseconds, exact. */
  largest: number;
}

export function durationHistogram(): DurationHistogram {
  return { buckets: new Float64Array(BUCKETS), count: 0, largest: 0 };
}

export function addDuration(histogram: DurationHistogram, milliseconds: number): void {
  const index = bucketOf(milliseconds);
  histogram.buckets[index] = (histogram.buckets[index] ?? 0) + 1;
  histogram.count += 1;
  if (milliseconds > histogram.largest) histogram.largest = milliseconds;
}

function bucketOf(milliseconds: number): number {
  return milliseconds < 1 ? 0 : Math.min(BUCKETS - 1, 1 + Math.ceil(Math.log(milliseconds) / STEP - 1e-9));
}

/** Of each bucket but the last the longest duration in it, in whole milliseconds. */
export function bucketLimits(): Float64Array {
  return Float64Array.from({ length: BUCKETS - 1 }, (_, index) => {
    if (index === 0) return 0;
    let limit = Math.floor(GROWTH ** (index - 1));
    while (bucketOf(limit) > index) limit -= 1;
    while (bucketOf(limit + 1) <= index) limit += 1;
    return limit;
  });
}

export function mergeDurations(into: DurationHistogram, other: DurationHistogram): void {
  for (let index = 0; index < BUCKETS; index += 1) {
    into.buckets[index] = (into.buckets[index] ?? 0) + (other.buckets[index] ?? 0);
  }
  into.count += other.count;
  into.largest = Math.max(into.largest, other.largest);
}

/**
 * The duration, in milliseconds, that so large a part (0 to 1) of all does not exceed: never too small, at most a twentieth too large. Null
 * without any.
 */
export function percentile(histogram: DurationHistogram, part: number): number | null {
  if (histogram.count === 0) return null;
  const wanted = Math.max(1, Math.ceil(part * histogram.count));
  let seen = 0;
  for (let index = 0; index < BUCKETS; index += 1) {
    seen += histogram.buckets[index] ?? 0;
    if (seen >= wanted) return index === 0 ? 0 : Math.min(histogram.largest, GROWTH ** (index - 1));
  }
  return histogram.largest;
}
