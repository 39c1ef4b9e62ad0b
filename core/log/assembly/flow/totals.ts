/** Sums over the lines that were counted, each a number of eight bytes: core/log/flow/flow-counts.ts has the same list. */
const totals = memory.data(8 * 25, 8);
const TOTALS_BYTES: usize = 8 * 25;

const LINES: usize = 0;
const UNDERSTOOD: usize = 8;
const FIRST_MS: usize = 16;
const LAST_MS: usize = 24;
/** Of the last line counted: its time, and its place in the part. */
const END_MS: usize = 32;
const END_LINE: usize = 40;
export const TO_FILTER: usize = 48;
export const LOGIN_COUNT: usize = 56;
export const CONNECTED: usize = 64;
export const RECEIVED: usize = 72;
export const QUEUED: usize = 80;
export const DELIVERED: usize = 88;
export const FORWARDED: usize = 96;
export const TLS: usize = 104;
export const LOGIN_EVENTS: usize = 112;
export const REJECTED_EVENTS: usize = 120;
export const REJECTED_TEMPORARILY: usize = 128;
export const DEFERRED: usize = 136;
export const BOUNCED: usize = 144;
export const LOGIN_FAILED_EVENTS: usize = 152;
/** Attempts to log in that failed: a line may tell of several. */
export const LOGINS_FAILED: usize = 160;
/** Bytes of mail: received, delivered, deferred, bounced. */
export const BYTES: usize = 168;

export function clearTotals(): void {
  memory.fill(totals, 0, TOTALS_BYTES);
  store<f64>(totals, NaN, FIRST_MS);
  store<f64>(totals, NaN, LAST_MS);
  store<f64>(totals, NaN, END_MS);
}

export function totalList(): usize {
  return totals;
}

export function addTotal(which: usize, by: f64): void {
  store<f64>(totals + which, load<f64>(totals + which) + by);
}

/** A line is counted. @param line its place in the part */
export function addLine(line: f64, ms: f64, understood: bool): void {
  addTotal(LINES, 1);
  if (understood) addTotal(UNDERSTOOD, 1);
  if (!(load<f64>(totals, FIRST_MS) <= ms)) store<f64>(totals, ms, FIRST_MS);
  if (!(load<f64>(totals, LAST_MS) >= ms)) store<f64>(totals, ms, LAST_MS);
  store<f64>(totals, ms, END_MS);
  store<f64>(totals, line, END_LINE);
}
