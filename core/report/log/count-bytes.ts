import { type EarlyAttempt, keepEarly, sizeOf } from "./mail-sizes.ts";
import { FIRST_BYTES, type SIZED, type Tally } from "./tally.ts";
import { bucketAt } from "./timeline.ts";

type SizedKind = (typeof SIZED)[number];

const COLUMN: Readonly<Record<SizedKind, number>> = { received: 0, delivered: 1, deferred: 2, bounced: 3 };

/** A mail that came in, as qmgr's first line about it tells. @param size bytes; -1: not told */
export function countReceivedBytes(tally: Tally, size: number, localMs: number): void {
  if (size >= 0) addBytes(tally, COLUMN.received, size, localMs);
}

/** An attempt to deliver a mail to one recipient. @param mails asked before the tally's own sizes; NaN for nothing known */
export function countAttemptBytes(
  tally: Tally,
  kind: Exclude<SizedKind, "received">,
  id: number,
  localMs: number,
  mails: { sizeOf(id: number): number },
): void {
  const known = mails.sizeOf(id);
  const size = Number.isNaN(known) ? sizeOf(tally.sizes, id) : known;
  if (size < 0) keepEarly(tally.sizes, { id, column: COLUMN[kind], localMs });
  else addBytes(tally, COLUMN[kind], size, localMs);
}

/** An attempt that waited for the part of the log which tells how large its mail is. */
export function countEarlyAttempt(tally: Tally, { column, localMs }: EarlyAttempt, size: number): void {
  addBytes(tally, column, size, localMs);
}

function addBytes({ bytes, volume }: Tally, column: number, size: number, localMs: number): void {
  bytes[column] = (bytes[column] ?? 0) + size;
  if (Number.isNaN(localMs)) return;
  const bucket = bucketAt(volume, localMs);
  bucket[FIRST_BYTES + column] = (bucket[FIRST_BYTES + column] ?? 0) + size;
}
