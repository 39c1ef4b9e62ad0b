import type { KnownMail } from "../../log/flow/mail-flow.ts";
import { eachNumber, type NumberTable, numberOf, numberTable, setNumber } from "./number-table.ts";

/** Mails of a generation: a server has far fewer under way at once. */
const GENERATION = 32_768;
/** Attempts for mails that an earlier part of the log may know. */
const MOST_EARLY = 50_000;
const AWAITED = -2;

/** An attempt to deliver a mail whose size these lines do not tell. */
export interface EarlyAttempt {
  readonly id: number;
  /** Of the columns of bytes. */
  readonly column: number;
  readonly localMs: number;
}

/** How large the mails are that deliveries name only by their ids. Plain data. */
export interface MailSizes {
  /**
   * Bytes by the id's fingerprint; -2: received and not yet taken up by qmgr; -1: not told. Two generations, of which the older is given up whole: to take
   * the oldest out one by one would take longer the more were taken out.
   */
  young: NumberTable;
  old: NumberTable;
  readonly early: EarlyAttempt[];
}

export function mailSizes(): MailSizes {
  return { young: numberTable(), old: numberTable(), early: [] };
}

/** Notes a mail that qmgr has to take up. */
export function awaitMail(sizes: MailSizes, id: number): void {
  noteMail(sizes, id, AWAITED);
}

/** qmgr takes a mail up. @param size bytes; -1: not told @returns what was known of it: if it was awaited, this is the first time */
export function takeUp(sizes: MailSizes, id: number, size: number): KnownMail {
  const known = kept(sizes, id);
  noteMail(sizes, id, size);
  return Number.isNaN(known) ? "unknown" : known === AWAITED ? "awaited" : "taken";
}

/** Bytes; negative where they are not known. */
export function sizeOf(sizes: MailSizes, id: number): number {
  const size = kept(sizes, id);
  return Number.isNaN(size) ? -1 : size;
}

/** As MailSizes says; NaN for a mail that nothing is known of. */
function kept({ young, old }: MailSizes, id: number): number {
  const size = numberOf(young, id);
  return Number.isNaN(size) ? numberOf(old, id) : size;
}

/** Keeps an attempt until the part of the log before this one tells how large its mail is. */
export function keepEarly({ early }: MailSizes, attempt: EarlyAttempt): void {
  if (early.length < MOST_EARLY) early.push(attempt);
}

/** Adds what later lines know; the attempts among them whose size `into` knew go to `count`. */
export function mergeSizes(
  into: MailSizes,
  later: MailSizes,
  count: (attempt: EarlyAttempt, bytes: number) => void,
): void {
  for (const attempt of later.early) {
    const size = sizeOf(into, attempt.id);
    if (size < 0) keepEarly(into, attempt);
    else count(attempt, size);
  }
  for (const table of [later.old, later.young]) eachNumber(table, (id, size) => noteMail(into, id, size));
}

/** Notes what is known of a mail. @param size as in MailSizes */
export function noteMail(sizes: MailSizes, id: number, size: number): void {
  if (sizes.young.size >= GENERATION) {
    sizes.old = sizes.young;
    sizes.young = numberTable();
  }
  setNumber(sizes.young, id, size);
}
