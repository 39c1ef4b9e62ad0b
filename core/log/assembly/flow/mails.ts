import { allocate } from "../allocate";
import { addRecord, EARLY_ATTEMPTS, hasRoomForRecord } from "./records";

/**
 * How large the mails are whose deliveries are counted: MailSizes of core/report/log/mail-sizes.ts, with room for so many and no more. By the fingerprint of the
 * id, open addressing: two numbers of eight bytes each, id and size; an id of -1 is a free place.
 */
const MOST: i32 = 16384;
const SLOTS: usize = 32768;
const SLOT: usize = 16;
const NOTHING: f64 = -1;
/** Received, not yet taken up by qmgr. */
const AWAITED: f64 = -2;

let slots: usize = 0;
let count: i32 = 0;

export function createMails(): void {
  slots = allocate(SLOTS * SLOT);
}

export function clearMails(): void {
  count = 0;
  for (let at = slots; at < slots + SLOTS * SLOT; at += SLOT) store<f64>(at, NOTHING);
}

export function mailSlots(): usize {
  return slots;
}

export function mailCount(): i32 {
  return count;
}

/** Whether another mail and another attempt would find room. */
export function hasRoomForMail(): bool {
  return count < MOST && hasRoomForRecord(EARLY_ATTEMPTS);
}

function slotOf(id: f64): usize {
  let place = <usize>(<u64>id) & (SLOTS - 1);
  while (load<f64>(slots + place * SLOT) != id && load<f64>(slots + place * SLOT) != NOTHING) {
    place = (place + 1) & (SLOTS - 1);
  }
  return slots + place * SLOT;
}

function remember(id: f64, size: f64): void {
  const slot = slotOf(id);
  store<f64>(slot, size, 8);
  if (load<f64>(slot) == id) return;
  store<f64>(slot, id);
  count += 1;
}

function isKnown(id: f64): bool {
  return load<f64>(slotOf(id)) == id;
}

/** @returns false where there is no room */
export function awaitMail(id: f64): bool {
  if (count == MOST && !isKnown(id)) return false;
  remember(id, AWAITED);
  return true;
}

/** What was known of a mail that qmgr takes up: numbers that log/flow/mail-flow.ts has too. */
export const UNKNOWN_MAIL: i32 = -1;
const TAKEN_MAIL: i32 = 0;
export const AWAITED_MAIL: i32 = 1;

/** qmgr takes a mail up. Without room it is not remembered. @param size bytes; -1: not told */
export function takeUpMail(id: f64, size: f64): i32 {
  const known = sizeOfMail(id);
  if (count < MOST || known == known) remember(id, size);
  return known == AWAITED ? AWAITED_MAIL : known == known ? TAKEN_MAIL : UNKNOWN_MAIL;
}

/** As kept; NaN where nothing is known of it. */
export function sizeOfMail(id: f64): f64 {
  const slot = slotOf(id);
  return load<f64>(slot) == id ? load<f64>(slot, 8) : NaN;
}

/** An attempt for a mail that earlier lines may know. There must be room. */
export function keepEarly(id: f64, column: i32, localMs: f64): void {
  const attempt = addRecord(EARLY_ATTEMPTS);
  store<f64>(attempt, id);
  store<f64>(attempt, <f64>column, 8);
  store<f64>(attempt, localMs, 16);
}
