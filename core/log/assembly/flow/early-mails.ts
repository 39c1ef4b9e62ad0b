import { allocate } from "../allocate";
import { addRecord, EARLY_MAILS, hasRoomForRecord } from "./records";

/**
 * Mails that qmgr takes up and that no line counted here said were received: they came in before. Their records lack the senders, whose bytes stand here one
 * behind the other.
 */
const SENDER_BYTES: usize = 131072;
const LONGEST_SENDER: usize = 256;

let senders: usize = 0;
let used: usize = 0;

export function createEarlyMails(): void {
  senders = allocate(SENDER_BYTES);
}

export function clearEarlyMails(): void {
  used = 0;
}

export function earlySenders(): usize {
  return senders;
}

export function hasRoomForEarlyMail(): bool {
  return hasRoomForRecord(EARLY_MAILS) && used + LONGEST_SENDER <= SENDER_BYTES;
}

/** There must be room. */
export function addEarlyMail(mail: f64, size: f64, localMs: f64, sender: usize, senderEnd: usize): void {
  const length = min(senderEnd - sender, LONGEST_SENDER);
  memory.copy(senders + used, sender, length);
  used += length;
  const at = addRecord(EARLY_MAILS);
  store<f64>(at, mail);
  store<f64>(at, size, 8);
  store<f64>(at, localMs, 16);
  store<f64>(at, <f64>used, 24);
}
