import { attributeEnd, attributeStart, firstAttribute, hasName, readAttribute } from "./attributes";
import { addBytes, RECEIVED_COLUMN } from "./bytes-of-mail";
import { addEarlyMail, hasRoomForEarlyMail } from "./early-mails";
import { addVolume, lineLocalMs } from "./hour";
import { countKey } from "./key-counts";
import { fingerprint } from "./key-hash";
import { CLIENTS, countClient, countLogin, hasRoomIn, keyCounts, LOGINS, SENDERS } from "./key-tables";
import { AWAITED_MAIL, awaitMail, hasRoomForMail, takeUpMail, UNKNOWN_MAIL } from "./mails";
import { readWhole } from "./numbers";
import { endOf, hasField, LOGIN, Plan, QUEUE_ID, SENDER, SIZE, startOf } from "./plan";
import { isRoom } from "./state";
import { addTotal, LOGIN_COUNT, QUEUED, RECEIVED } from "./totals";

export function mailOf(plan: Plan, positions: usize): f64 {
  return fingerprint(startOf(plan, QUEUE_ID, positions), endOf(plan, QUEUE_ID, positions));
}

/** `sasl_username=` */
const USER = memory.data<u8>([0x73, 0x61, 0x73, 0x6c, 0x5f, 0x75, 0x73, 0x65, 0x72, 0x6e, 0x61, 0x6d, 0x65, 0x3d]);
const USER_LENGTH: usize = 14;

/** @returns false where TypeScript is to count the line, as all that count do */
export function countReceived(plan: Plan, positions: usize): bool {
  if (!isRoom(hasRoomIn(CLIENTS) && hasRoomIn(LOGINS) && hasRoomForMail())) return false;
  addTotal(RECEIVED, 1);
  addVolume(RECEIVED_COLUMN, 1);
  awaitMail(mailOf(plan, positions));
  countClient(CLIENTS, plan, positions);
  if (!hasField(plan, LOGIN) || !hasUser(startOf(plan, LOGIN, positions), endOf(plan, LOGIN, positions))) return true;
  addTotal(LOGIN_COUNT, 1);
  countLogin();
  return true;
}

function hasUser(start: usize, stop: usize): bool {
  for (let at = firstAttribute(start); at < stop; ) {
    const isUser = hasName(USER, USER_LENGTH, at, stop);
    at = readAttribute(at, stop);
    if (isUser) return attributeEnd() > attributeStart();
  }
  return false;
}

/** qmgr takes a deferred mail up again and again: its sender and its bytes are counted the first time only. */
export function countQueued(plan: Plan, positions: usize): bool {
  if (!isRoom(hasRoomIn(SENDERS) && hasRoomForMail() && hasRoomForEarlyMail())) return false;
  const mail = mailOf(plan, positions);
  const sender = startOf(plan, SENDER, positions);
  const senderEnd = endOf(plan, SENDER, positions);
  const size = readWhole(startOf(plan, SIZE, positions), endOf(plan, SIZE, positions));
  addTotal(QUEUED, 1);
  const known = takeUpMail(mail, size);
  if (known == UNKNOWN_MAIL) addEarlyMail(mail, size, lineLocalMs(), sender, senderEnd);
  if (known != AWAITED_MAIL) return true;
  // The empty one too: bounces have it.
  countKey(keyCounts(SENDERS), sender, senderEnd, 0);
  if (size >= 0) addBytes(RECEIVED_COLUMN, size);
  return true;
}
