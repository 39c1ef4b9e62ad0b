const MINUTE = 60_000;

/** Widths of a bucket in minutes; beyond the last they double. */
const WIDTHS = [1, 5, 15, 60, 180, 720, 1440, 10_080];
const MOST_BUCKETS = 3000;

/**
 * Counts over time, in buckets that grow wider as the log gets longer, so that their number is bounded. Buckets begin at whole multiples of their width in local
 * time. Plain data.
 */
export interface Timeline {
  /** Minutes. */
  width: number;
  /** Numbers a bucket. */
  readonly columns: number;
  /** By bucket number: local time divided by the width. */
  readonly buckets: Map<number, Float64Array>;
}

export function timeline(columns: number): Timeline {
  return { width: 1, columns, buckets: new Map() };
}

/** The numbers of the bucket that a local time (ms since 1970 as if it were UTC) falls into, to be added to at once: it may be replaced later. */
export function bucketAt(line: Timeline, localMs: number): Float64Array {
  const number = Math.floor(localMs / (line.width * MINUTE));
  const found = line.buckets.get(number);
  if (found !== undefined) return found;
  if (line.buckets.size >= MOST_BUCKETS) {
    widen(line, nextWidth(line.width));
    return bucketAt(line, localMs);
  }
  const made = new Float64Array(line.columns);
  line.buckets.set(number, made);
  return made;
}

export function mergeTimelines(into: Timeline, other: Timeline): void {
  if (other.width > into.width) widen(into, other.width);
  for (const [number, counts] of other.buckets) {
    addTo(bucketAt(into, number * other.width * MINUTE), counts);
  }
}

/** One stretch of time. */
export interface TimeSlice {
  /** Local, ms since 1970 as if it were UTC. */
  readonly startLocalMs: number;
  readonly counts: readonly number[];
}

/** All of it in at most `most` slices, empty ones included, so that a pause shows. With it their width in minutes. */
export function slices(
  line: Timeline,
  most: number,
): { readonly width: number; readonly slices: readonly TimeSlice[] } {
  const numbers = [...line.buckets.keys()];
  if (numbers.length === 0) return { width: line.width, slices: [] };
  const first = numbers.reduce((one, other) => Math.min(one, other)) * line.width;
  const last = numbers.reduce((one, other) => Math.max(one, other)) * line.width;
  let { width } = line;
  while (Math.floor(last / width) - Math.floor(first / width) >= most) width = nextWidth(width);
  const start = Math.floor(first / width);
  const length = Math.floor(last / width) - start + 1;
  const sums = Array.from({ length }, () => new Float64Array(line.columns));
  for (const [number, counts] of line.buckets) {
    const sum = sums[Math.floor((number * line.width) / width) - start];
    if (sum !== undefined) addTo(sum, counts);
  }
  return {
    width,
    slices: sums.map((sum, index) => ({ startLocalMs: (start + index) * width * MINUTE, counts: Array.from(sum) })),
  };
}

function widen(line: Timeline, width: number): void {
  const old = [...line.buckets];
  const before = line.width;
  line.width = width;
  line.buckets.clear();
  for (const [number, counts] of old) {
    const merged = Math.floor((number * before) / width);
    const found = line.buckets.get(merged);
    if (found === undefined) line.buckets.set(merged, counts);
    else addTo(found, counts);
  }
}

function nextWidth(width: number): number {
  return WIDTHS.find((one) => one > width) ?? width * 2;
}

function addTo(sum: Float64Array, counts: Float64Array): void {
  counts.forEach((count, column) => {
    sum[column] = (sum[column] ?? 0) + count;
  });
}
