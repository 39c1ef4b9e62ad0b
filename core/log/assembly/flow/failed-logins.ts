import { lineMs } from "./hour";
import { countKey } from "./key-counts";
import { fingerprint } from "./key-hash";
import { clientAddress, clientAddressEnd, FAILED, hasRoomIn, keyCounts, readClient } from "./key-tables";
import { readSeconds } from "./numbers";
import { ATTEMPTS, endOf, hasField, Plan, SESSION, startOf, USER } from "./plan";
import { addRecord, FAILED_LOGINS, hasRoomForRecord } from "./records";
import { readSession, sessionAddress, sessionAddressEnd } from "./session";
import { isRoom } from "./state";
import { addTotal, LOGIN_FAILED_EVENTS, LOGINS_FAILED } from "./totals";

const MOST_ATTEMPTS: f64 = 1000;
const NO_NAME: f64 = -1;

/** All are summed up; of clients whose address is told there is a record. */
export function countFailedLogin(plan: Plan, positions: usize): bool {
  if (!isRoom(hasRoomForRecord(FAILED_LOGINS) && hasRoomIn(FAILED))) return false;
  const attempts = hasField(plan, ATTEMPTS)
    ? attemptsAt(startOf(plan, ATTEMPTS, positions), endOf(plan, ATTEMPTS, positions))
    : 1;
  addTotal(LOGIN_FAILED_EVENTS, 1);
  addTotal(LOGINS_FAILED, attempts);
  let address: usize = 0;
  let addressEnd: usize = 0;
  if (hasField(plan, SESSION)) {
    readSession(startOf(plan, SESSION, positions), endOf(plan, SESSION, positions));
    address = sessionAddress();
    addressEnd = sessionAddressEnd();
  } else {
    readClient(plan, positions);
    address = clientAddress();
    addressEnd = clientAddressEnd();
  }
  if (addressEnd > address) add(countKey(keyCounts(FAILED), address, addressEnd, 0), attempts, nameOf(plan, positions));
  return true;
}

/** Dovecot says at the end of a connection how many attempts failed. */
function attemptsAt(start: usize, end: usize): f64 {
  return max<f64>(1, min<f64>(MOST_ATTEMPTS, trunc(readSeconds(start, end) / 1000)));
}

function nameOf(plan: Plan, positions: usize): f64 {
  if (!hasField(plan, USER)) return NO_NAME;
  const start = startOf(plan, USER, positions);
  const end = endOf(plan, USER, positions);
  return end > start ? fingerprint(start, end) : NO_NAME;
}

function add(client: i32, attempts: f64, name: f64): void {
  const failure = addRecord(FAILED_LOGINS);
  store<f64>(failure, <f64>client);
  store<f64>(failure, attempts, 8);
  store<f64>(failure, name, 16);
  store<f64>(failure, lineMs(), 24);
}
