import { addVolume } from "./hour";
import { addTotal, BYTES } from "./totals";

/** Columns of the volume. Those of bytes stand behind them, in the same order. */
export const RECEIVED_COLUMN: i32 = 0;
export const DELIVERED_COLUMN: i32 = 1;
export const DEFERRED_COLUMN: i32 = 2;
export const BOUNCED_COLUMN: i32 = 3;
export const REJECTED_COLUMN: i32 = 4;
const FIRST_BYTES: i32 = 5;

/** Bytes of a mail that was received, or that somebody tried to deliver, in the minute of the line last read. */
export function addBytes(column: i32, size: f64): void {
  addTotal(BYTES + ((<usize>column) << 3), size);
  addVolume(FIRST_BYTES + column, size);
}
