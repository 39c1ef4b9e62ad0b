import { byteAt, isSame } from "../bytes";
import { REJECTED_COLUMN } from "./bytes-of-mail";
import { countDelivery } from "./count-delivery";
import { countQueued, countReceived } from "./count-received";
import { clearDelays, createDelays } from "./delays";
import { clearEarlyMails, createEarlyMails } from "./early-mails";
import { countFailedLogin } from "./failed-logins";
import { addVolume, clearHour, createHour, hourMs, isPresentHour, lineMs } from "./hour";
import {
  clearTables,
  countClient,
  countPiece,
  createTables,
  hasRoomIn,
  LOGINS,
  PROTOCOLS,
  REJECTED,
} from "./key-tables";
import { clearMails, createMails } from "./mails";
import { CODE, EVENT, endOf, hasField, Plan, PROTOCOL, SESSION, startOf, VERB } from "./plan";
import { addProblem, addReason, createProblems, WHY_REJECTED } from "./problems";
import { clearRecords, createRecords } from "./records";
import { readSession, sessionAddress, sessionAddressEnd } from "./session";
import { forgetState, isRoom, setHourUnknown } from "./state";
import {
  addLine,
  addTotal,
  CONNECTED,
  clearTotals,
  LOGIN_COUNT,
  LOGIN_EVENTS,
  REJECTED_EVENTS,
  REJECTED_TEMPORARILY,
  TLS,
} from "./totals";

/**
 * What a report counts of the plain lines, which are nearly all: what count-line.ts and read-report-line.ts of core/report/log do, without a line's leaving the
 * machine. A line is counted here wholly or not at all.
 */

/** Of a template: nothing to count but the line; a line for TypeScript; or the address of its plan. */
const NO_EVENT: i32 = 0;
const ELSEWHERE: i32 = -1;

/** Numbered by their places in FLOW_EVENTS. */
const IS_CONNECTED: i32 = 0;
const IS_RECEIVED: i32 = 1;
const IS_QUEUED: i32 = 2;
const IS_DELIVERY: i32 = 3;
const IS_TLS: i32 = 4;
const IS_LOGIN: i32 = 5;
const IS_REJECTED: i32 = 6;

let plans: usize = 0;
/** Rows of writers: those whose TLS is of clients, and smtp(8). */
let smtpd: usize = 0;
let tlsproxy: usize = 0;
let postscreen: usize = 0;
let smtp: usize = 0;

/** Which line of the part comes next, from 1. */
let line: i32 = 1;

/** To be called once. @param delayLimits of each bucket of a histogram the longest duration in it */
export function createFlow(plansAt: usize, entries: i32, delayLimits: usize): void {
  plans = plansAt;
  createProblems(entries);
  createHour();
  createMails();
  createDelays(delayLimits);
  createTables();
  createRecords();
  createEarlyMails();
  clearFlow();
}

export function setFlowRows(smtpdRow: usize, tlsproxyRow: usize, postscreenRow: usize, smtpRow: usize): void {
  smtpd = smtpdRow;
  tlsproxy = tlsproxyRow;
  postscreen = postscreenRow;
  smtp = smtpRow;
}

/** Nothing is counted, and no hour known. */
export function clearFlow(): void {
  clearTables();
  clearMails();
  clearDelays();
  clearRecords();
  clearEarlyMails();
  clearHour();
  clearTotals();
  forgetState();
}

/** The next line's place in the part, from 1. */
export function nextFlowLine(): i32 {
  return line;
}

export function setNextFlowLine(number: i32): void {
  line = number;
}

export function passLine(): void {
  line += 1;
}

/** Count the line last read. @param positions of its fields, addresses @returns false where TypeScript is to count it */
export function countLine(template: i32, entry: i32, row: usize, positions: usize): bool {
  forgetState();
  const plan = template == -1 ? NO_EVENT : load<i32>(plans + ((<usize>template) << 2));
  if (plan == ELSEWHERE) return false;
  if (!isPresentHour()) {
    setHourUnknown();
    return false;
  }
  if (plan != NO_EVENT && !countEvent(<usize>plan, entry, row, positions)) return false;
  addLine(<f64>line, lineMs(), template != -1 || entry != -1);
  if (entry != -1) addProblem(entry, <f64>line, lineMs(), hourMs());
  return true;
}

function countEvent(plan: Plan, entry: i32, row: usize, positions: usize): bool {
  switch (load<i32>(plan, EVENT)) {
    case IS_CONNECTED:
      addTotal(CONNECTED, 1);
      return true;
    case IS_RECEIVED:
      return countReceived(plan, positions);
    case IS_QUEUED:
      return countQueued(plan, positions);
    case IS_DELIVERY:
      return countDelivery(plan, entry, row == smtp, positions);
    case IS_TLS:
      return countTls(plan, row, positions);
    case IS_LOGIN:
      return countDovecotLogin(plan, positions);
    case IS_REJECTED:
      return countRejected(plan, entry, positions);
    default:
      return countFailedLogin(plan, positions);
  }
}

function countTls(plan: Plan, row: usize, positions: usize): bool {
  if (!isRoom(hasRoomIn(PROTOCOLS))) return false;
  addTotal(TLS, 1);
  const isIncoming = row == smtpd || row == tlsproxy || row == postscreen;
  countPiece(PROTOCOLS, startOf(plan, PROTOCOL, positions), endOf(plan, PROTOCOL, positions), isIncoming ? 0 : 1);
  return true;
}

function countDovecotLogin(plan: Plan, positions: usize): bool {
  if (!isRoom(hasRoomIn(LOGINS))) return false;
  addTotal(LOGIN_EVENTS, 1);
  addTotal(LOGIN_COUNT, 1);
  readSession(startOf(plan, SESSION, positions), endOf(plan, SESSION, positions));
  countPiece(LOGINS, sessionAddress(), sessionAddressEnd(), 0);
  return true;
}

/** `reject` */
const REJECT = memory.data<u8>([0x72, 0x65, 0x6a, 0x65, 0x63, 0x74]);
const REJECT_LENGTH: usize = 6;
const FOUR: u8 = 0x34;

/** Only what an entry explains: other reasons are texts, and no work for here. */
function countRejected(plan: Plan, entry: i32, positions: usize): bool {
  if (entry == -1) return false;
  if (hasField(plan, VERB)) {
    const verb = startOf(plan, VERB, positions);
    if (endOf(plan, VERB, positions) - verb != REJECT_LENGTH || !isSame(REJECT, verb, REJECT_LENGTH)) return false;
  }
  if (!isRoom(hasRoomIn(REJECTED))) return false;
  addTotal(REJECTED_EVENTS, 1);
  addVolume(REJECTED_COLUMN, 1);
  if (hasField(plan, CODE) && byteAt(startOf(plan, CODE, positions)) == FOUR) addTotal(REJECTED_TEMPORARILY, 1);
  countClient(REJECTED, plan, positions);
  addReason(entry, WHY_REJECTED);
  return true;
}
