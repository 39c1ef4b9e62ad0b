import { byteAt, isSame, NOWHERE, nextByte } from "../bytes";
import { attributeEnd, attributeStart, firstAttribute, hasName, readAttribute } from "./attributes";
import { addBytes, BOUNCED_COLUMN, DEFERRED_COLUMN, DELIVERED_COLUMN } from "./bytes-of-mail";
import { mailOf } from "./count-received";
import { addDelaySum, addDelays } from "./delays";
import { addVolume, lineLocalMs } from "./hour";
import { countPiece, hasRoomIn, RECIPIENTS, RELAYS } from "./key-tables";
import { hasRoomForMail, keepEarly, sizeOfMail } from "./mails";
import { DELIVERY, endOf, hasField, Plan, REASON, RECIPIENT, STATUS, startOf } from "./plan";
import { addReason, WHY_BOUNCED, WHY_DEFERRED } from "./problems";
import { addRecord, DEFERRED_MAILS, hasRoomForRecord } from "./records";
import { isRoom } from "./state";
import { addTotal, BOUNCED, DEFERRED, DELIVERED, FORWARDED, TO_FILTER } from "./totals";

/** `sent` as it lies in memory. */
const SENT: u32 = 0x746e6573;
/** `deferred` */
const PUT_OFF: u64 = 0x6465727265666564;
/** `bounced` */
const CAME_BACK = memory.data<u8>([0x62, 0x6f, 0x75, 0x6e, 0x63, 0x65, 0x64]);
const CAME_BACK_LENGTH: usize = 7;
/** `forwarded as ` */
const FORWARDED_AS = memory.data<u8>([0x66, 0x6f, 0x72, 0x77, 0x61, 0x72, 0x64, 0x65, 0x64, 0x20, 0x61, 0x73, 0x20]);
const FORWARDED_LENGTH: usize = 13;

/** @param isSmtp whether smtp(8) delivered it, which may have been to a filter */
export function countDelivery(plan: Plan, entry: i32, isSmtp: bool, positions: usize): bool {
  const word = startOf(plan, STATUS, positions);
  const length = endOf(plan, STATUS, positions) - word;
  if (length == 4 && load<u32>(word) == SENT) return countSent(plan, isSmtp, positions);
  // Reasons that no entry knows are texts, and no work for here. Nor are probes of verify(8), which are no mail.
  if (entry == -1) return false;
  if (length == 8 && load<u64>(word) == PUT_OFF) return countPutOff(plan, entry, positions);
  if (length == CAME_BACK_LENGTH && isSame(CAME_BACK, word, CAME_BACK_LENGTH))
    return countBounced(plan, entry, positions);
  return false;
}

function countPutOff(plan: Plan, entry: i32, positions: usize): bool {
  if (!isRoom(hasRoomIn(RELAYS) && hasRoomForMail() && hasRoomForRecord(DEFERRED_MAILS))) return false;
  addTotal(DEFERRED, 1);
  store<f64>(addRecord(DEFERRED_MAILS), mailOf(plan, positions));
  countFailure(plan, DEFERRED_COLUMN, 1, positions);
  addReason(entry, WHY_DEFERRED);
  return true;
}

function countBounced(plan: Plan, entry: i32, positions: usize): bool {
  if (!isRoom(hasRoomIn(RELAYS) && hasRoomForMail())) return false;
  addTotal(BOUNCED, 1);
  countFailure(plan, BOUNCED_COLUMN, 2, positions);
  addReason(entry, WHY_BOUNCED);
  return true;
}

/** @param column of the volume @param outcome column of the relays */
function countFailure(plan: Plan, column: i32, outcome: i32, positions: usize): void {
  addVolume(column, 1);
  readDelivery(startOf(plan, DELIVERY, positions), endOf(plan, DELIVERY, positions), false);
  countPiece(RELAYS, relay, relayEnd, outcome);
  countBytes(mailOf(plan, positions), column);
}

function countBytes(mail: f64, column: i32): void {
  const size = sizeOfMail(mail);
  if (size >= 0) addBytes(column, size);
  else keepEarly(mail, column, lineLocalMs());
}

function countSent(plan: Plan, isSmtp: bool, positions: usize): bool {
  const reason = hasField(plan, REASON) ? startOf(plan, REASON, positions) : NOWHERE;
  const reasonEnd = hasField(plan, REASON) ? endOf(plan, REASON, positions) : NOWHERE;
  if (reason + FORWARDED_LENGTH <= reasonEnd && isSame(FORWARDED_AS, reason, FORWARDED_LENGTH)) {
    addTotal(FORWARDED, 1);
    return true;
  }
  if (!isRoom(hasRoomIn(RECIPIENTS) && hasRoomIn(RELAYS) && hasRoomForMail())) return false;
  addTotal(DELIVERED, 1);
  addVolume(DELIVERED_COLUMN, 1);
  countPiece(RECIPIENTS, startOf(plan, RECIPIENT, positions), endOf(plan, RECIPIENT, positions), 0);
  readDelivery(startOf(plan, DELIVERY, positions), endOf(plan, DELIVERY, positions), true);
  countPiece(RELAYS, relay, relayEnd, 0);
  if (isSmtp && isHere() && holds(QUEUED_AS, QUEUED_AS_LENGTH, reason, reasonEnd)) addTotal(TO_FILTER, 1);
  countBytes(mailOf(plan, positions), DELIVERED_COLUMN);
  return true;
}

let relay: usize = 0;
let relayEnd: usize = 0;

/** `relay=`, `delays=`, `delay=` */
const RELAY = memory.data<u8>([0x72, 0x65, 0x6c, 0x61, 0x79, 0x3d]);
const DELAYS = memory.data<u8>([0x64, 0x65, 0x6c, 0x61, 0x79, 0x73, 0x3d]);
const DELAY = memory.data<u8>([0x64, 0x65, 0x6c, 0x61, 0x79, 0x3d]);

/** Find the relay, and count the delays. Of two attributes of one name the first counts. */
function readDelivery(start: usize, stop: usize, countsDelays: bool): void {
  relay = NOWHERE;
  relayEnd = NOWHERE;
  let hasDelays = !countsDelays;
  let hasDelay = !countsDelays;
  for (let at = firstAttribute(start); at < stop; ) {
    const name = at;
    at = readAttribute(at, stop);
    if (relay == NOWHERE && hasName(RELAY, 6, name, stop)) {
      relay = attributeStart();
      relayEnd = attributeEnd();
    } else if (!hasDelays && hasName(DELAYS, 7, name, stop)) {
      hasDelays = true;
      addDelays(attributeStart(), attributeEnd());
    } else if (!hasDelay && hasName(DELAY, 6, name, stop)) {
      hasDelay = true;
      addDelaySum(attributeStart(), attributeEnd());
    }
  }
}

/** `[127.0.0.1]`, `[::1]`, `queued as ` */
const LOOPBACK = memory.data<u8>([0x5b, 0x31, 0x32, 0x37, 0x2e, 0x30, 0x2e, 0x30, 0x2e, 0x31, 0x5d]);
const LOOPBACK_6 = memory.data<u8>([0x5b, 0x3a, 0x3a, 0x31, 0x5d]);
const QUEUED_AS = memory.data<u8>([0x71, 0x75, 0x65, 0x75, 0x65, 0x64, 0x20, 0x61, 0x73, 0x20]);
const QUEUED_AS_LENGTH: usize = 10;

/** Whether the relay is this machine. */
function isHere(): bool {
  return holds(LOOPBACK, 11, relay, relayEnd) || holds(LOOPBACK_6, 5, relay, relayEnd);
}

function holds(text: usize, length: usize, start: usize, end: usize): bool {
  const initial = byteAt(text);
  for (let at = nextByte(initial, start, end); at + length <= end; at = nextByte(initial, at + 1, end)) {
    if (isSame(text, at, length)) return true;
  }
  return false;
}
