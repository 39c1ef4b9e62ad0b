import { allocate } from "../allocate";

/**
 * Mails that qmgr takes up and that no line counted here said were received: they came in before. Numbers of eight bytes, which are the fingerprint of the id,
 * bytes (-1: not told) and when on the reader's clocks; and where its sender stops in the senders' bytes, which stand one behind the other.
 */
const MOST: i32 = 2048;
const MAIL: usize = 32;
const SENDER_BYTES: usize = 131072;
const LONGEST_SENDER: usize = 256;

let mails: usize = 0;
let count: i32 = 0;
let senders: usize = 0;
let used: usize = 0;

export function createEarlyMails(): void {
  mails = allocate(<usize>MOST * MAIL);
  senders = allocate(SENDER_BYTES);
}

export function clearEarlyMails(): void {
  count = 0;
  used = 0;
}

export function earlyMails(): usize {
  return mails;
}

export function earlyMailCount(): i32 {
  return count;
}

export function earlySenders(): usize {
  return senders;
}

export function hasRoomForEarlyMail(): bool {
  return count < MOST && used + LONGEST_SENDER <= SENDER_BYTES;
}

/** There must be room. */
export function addEarlyMail(mail: f64, size: f64, localMs: f64, sender: usize, senderEnd: usize): void {
  const length = min(senderEnd - sender, LONGEST_SENDER);
  memory.copy(senders + used, sender, length);
  used += length;
  const at = mails + <usize>count * MAIL;
  store<f64>(at, mail);
  store<f64>(at, size, 8);
  store<f64>(at, localMs, 16);
  store<f64>(at, <f64>used, 24);
  count += 1;
}
