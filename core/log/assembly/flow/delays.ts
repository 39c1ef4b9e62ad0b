import { allocate } from "../allocate";
import { readDelays, readSeconds } from "./numbers";

/** Where deliveries spent their time: for each of five stages a DurationHistogram of core/report/log/duration-histogram.ts. */

const STAGES: usize = 5;
const BUCKETS: usize = 512;
/** Behind its buckets each has a number for the largest duration. */
const HISTOGRAM: usize = (512 + 1) * 8;

let histograms: usize = 0;
/** Of each bucket the longest duration in it, in milliseconds. */
let limits: usize = 0;
/** The delays of one line. */
let read: usize = 0;

/** @param limitsAt of each bucket but the last the longest duration in it */
export function createDelays(limitsAt: usize): void {
  limits = limitsAt;
  histograms = allocate(STAGES * HISTOGRAM);
  read = allocate(4 << 3);
}

export function clearDelays(): void {
  memory.fill(histograms, 0, STAGES * HISTOGRAM);
}

export function delayHistograms(): usize {
  return histograms;
}

/** A value of `delays=`: all of its four are counted or none. */
export function addDelays(start: usize, end: usize): void {
  if (!readDelays(start, end, read)) return;
  for (let stage: usize = 0; stage < 4; stage += 1) addDelay(stage, load<f64>(read + (stage << 3)));
}

/** A value of `delay=`. */
export function addDelaySum(start: usize, end: usize): void {
  const milliseconds = readSeconds(start, end);
  if (milliseconds >= 0) addDelay(4, milliseconds);
}

function addDelay(stage: usize, milliseconds: f64): void {
  const histogram = histograms + stage * HISTOGRAM;
  const bucket = histogram + (bucketOf(milliseconds) << 3);
  store<f64>(bucket, load<f64>(bucket) + 1);
  const largest = histogram + (BUCKETS << 3);
  if (milliseconds > load<f64>(largest)) store<f64>(largest, milliseconds);
}

function bucketOf(milliseconds: f64): usize {
  let low: usize = 0;
  let high: usize = BUCKETS - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<f64>(limits + (middle << 3)) < milliseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
