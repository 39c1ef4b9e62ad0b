import type { KnownMail } from "../../log/flow/mail-flow.ts";
import { type NumberTable, numberOf, numberTable, setNumber } from "./number-table.ts";

/** Mails that are known at least: a server has far fewer under way at once. */
const FEWEST = 32_768;
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
   * Bytes by the id's fingerprint; -2: received and not yet taken up by qmgr; -1: not told. The newest table stands last, and what it says counts. The oldest is
   * given up whole: to take the oldest mails out one by one would take longer the more were taken out.
   */
  readonly tables: NumberTable[];
  readonly early: EarlyAttempt[];
}

export function mailSizes(): MailSizes {
  return { tables: [], early: [] };
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
function kept({ tables }: MailSizes, id: number): number {
  for (let index = tables.length - 1; index >= 0; index -= 1) {
    const table = tables[index];
    const size = table === undefined ? Number.NaN : numberOf(table, id);
    if (!Number.isNaN(size)) return size;
  }
  return Number.NaN;
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
  for (const table of later.tables) addMails(into, table);
}

/** Adds what later lines know, as it is: the table is not to be changed by anybody else. */
export function addMails({ tables }: MailSizes, table: NumberTable): void {
  tables.push(table);
  let known = tables.reduce((sum, { size }) => sum + size, 0);
  for (let oldest = tables[0]; oldest !== undefined && known - oldest.size >= FEWEST; oldest = tables[0]) {
    known -= oldest.size;
    tables.shift();
  }
}

/** Notes what is known of a mail. @param size as in MailSizes */
export function noteMail(sizes: MailSizes, id: number, size: number): void {
  const newest = sizes.tables.at(-1);
  if (newest !== undefined && newest.size < FEWEST) {
    setNumber(newest, id, size);
    return;
  }
  const table = numberTable();
  setNumber(table, id, size);
  addMails(sizes, table);
}
