import { type NumberTable, numberOf, numberTable, setNumber } from "./number-table.ts";
import { LONGEST_KEY } from "./top-counts.ts";

/** As many as are kept: only those near the start of some lines can find their mail in the lines before. */
const MOST = 2000;
/** Numbers of a mail: the fingerprint of its id; bytes, -1 where the line does not tell; and when, as the reader's clocks showed. */
const NUMBERS = 3;

/** Mails that qmgr took up and that were received before the first of these lines, or long ago. Plain data. */
export interface EarlyMails {
  /** Places by the id's fingerprint. */
  readonly places: NumberTable;
  readonly numbers: number[];
  /** Where each one's sender stops in `senders`, which stand one behind the other. */
  readonly ends: number[];
  senders: Uint8Array;
}

export interface EarlyMail {
  readonly id: number;
  readonly size: number;
  readonly localMs: number;
}

export function earlyMails(): EarlyMails {
  return { places: numberTable(), numbers: [], ends: [], senders: new Uint8Array(1024) };
}

/** The first line about a mail counts. @param bytes the sender is `bytes[start..end)`, of which no more is kept than is counted */
export function addEarlyMail(
  mails: EarlyMails,
  { id, size, localMs }: EarlyMail,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  const count = mails.ends.length;
  if (count >= MOST || !Number.isNaN(numberOf(mails.places, id))) return;
  setNumber(mails.places, id, count);
  const used = mails.ends.at(-1) ?? 0;
  const stop = Math.min(end, start + LONGEST_KEY);
  const behind = used + stop - start;
  if (behind > mails.senders.length) {
    const larger = new Uint8Array(behind * 2);
    larger.set(mails.senders);
    mails.senders = larger;
  }
  mails.senders.set(bytes.subarray(start, stop), used);
  mails.ends.push(behind);
  mails.numbers.push(id, size, localMs);
}

/** In their order. The sender is `senders[start..end)`. */
export function eachEarlyMail(
  { numbers, ends, senders }: EarlyMails,
  visit: (mail: EarlyMail, senders: Uint8Array, start: number, end: number) => void,
): void {
  let start = 0;
  ends.forEach((end, index) => {
    const [id = 0, size = -1, localMs = Number.NaN] = numbers.slice(index * NUMBERS, (index + 1) * NUMBERS);
    visit({ id, size, localMs }, senders, start, end);
    start = end;
  });
}
