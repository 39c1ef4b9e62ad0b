import { byteAt, CLOSE_BRACKET, isSame, NOWHERE, nextByte, OPEN_BRACKET } from "../bytes";
import { attributeEnd, attributeStart, firstAttribute, hasName, readAttribute } from "./attributes";
import { addDelaySum, addDelays, clearDelays, createDelays } from "./delays";
import { addVolume, clearHour, createHour, hourMs, isPresentHour, lineLocalMs, lineMs } from "./hour";
import { clearKeyCounts, countKey, createKeyCounts, hasRoom, KeyCounts } from "./key-counts";
import { fingerprint } from "./key-hash";
import {
  awaitMail,
  clearMails,
  createMails,
  hasRoomForMail,
  isAwaited,
  keepEarly,
  sizeOfMail,
  takeUpMail,
} from "./mails";
import { readWhole } from "./numbers";
import { addProblem, createProblems } from "./problems";
import {
  addLine,
  addTotal,
  BYTES,
  CONNECTED,
  clearTotals,
  DELIVERED,
  FORWARDED,
  LOGINS,
  QUEUED,
  RECEIVED,
  TLS,
  TO_FILTER,
} from "./totals";

/**
 * What a report counts of the plain lines, which are nearly all: what count-line.ts and read-report-line.ts of core/report/log do, without a line's leaving the
 * machine. A line is counted here wholly or not at all.
 */

/** Of a template: nothing to count but the line; a line for TypeScript; or the address of its plan (core/log/flow/flow-plan.ts). */
const NO_EVENT: i32 = 0;
const ELSEWHERE: i32 = -1;

/** Numbers of a plan: which event, then its fields by their places in the template, -1 where it lacks one. */
const EVENT: usize = 0;
const QUEUE_ID: usize = 4;
const CLIENT: usize = 8;
const LOGIN: usize = 12;
const SENDER: usize = 16;
const SIZE: usize = 20;
const RECIPIENT: usize = 24;
const DELIVERY: usize = 28;
const STATUS: usize = 32;
const REASON: usize = 36;
const PROTOCOL: usize = 40;

/** Numbered by their places in FLOW_EVENTS. */
const IS_CONNECTED: i32 = 0;
const IS_RECEIVED: i32 = 1;
const IS_QUEUED: i32 = 2;
const IS_DELIVERY: i32 = 3;

/** Columns of the volume, the first as many for bytes behind them, and of the bytes in all. */
const RECEIVED_COLUMN: i32 = 0;
const DELIVERED_COLUMN: i32 = 1;
const FIRST_BYTES: i32 = 5;

let plans: usize = 0;
/** Rows of writers: those whose TLS is of clients, and smtp(8), which may deliver to a filter. */
let smtpd: usize = 0;
let tlsproxy: usize = 0;
let postscreen: usize = 0;
let smtp: usize = 0;

let senders: KeyCounts = 0;
let recipients: KeyCounts = 0;
let clients: KeyCounts = 0;
let relays: KeyCounts = 0;
let protocols: KeyCounts = 0;
let logins: KeyCounts = 0;

/** Which line of the part comes next, from 1. */
let line: i32 = 1;

/** Why the line last read was left; bits. */
const FULL: i32 = 1;
const HOUR_UNKNOWN: i32 = 2;
let state: i32 = 0;

/** To be called once. @param delayLimits of each bucket of a histogram the longest duration in it */
export function createFlow(plansAt: usize, entries: i32, delayLimits: usize): void {
  plans = plansAt;
  createProblems(entries);
  createHour();
  createMails();
  createDelays(delayLimits);
  senders = createKeyCounts(1, true);
  recipients = createKeyCounts(1, true);
  clients = createKeyCounts(1, true);
  relays = createKeyCounts(3, true);
  protocols = createKeyCounts(2, false);
  logins = createKeyCounts(1, false);
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
  for (let index = 0; index < 6; index += 1) clearKeyCounts(keyCounts(index));
  clearMails();
  clearDelays();
  clearHour();
  clearTotals();
  state = 0;
}

/** Numbered by their places in FLOW_KEYS. */
export function keyCounts(index: i32): KeyCounts {
  switch (index) {
    case 0:
      return senders;
    case 1:
      return recipients;
    case 2:
      return clients;
    case 3:
      return relays;
    case 4:
      return protocols;
    default:
      return logins;
  }
}

/** Why the line last read was left: bit 0 for want of room, so that what is counted must be taken; bit 1 as its hour is not known. */
export function flowState(): i32 {
  return state;
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

/** A line that cannot be counted here is none that was left. */
export function forgetState(): void {
  state = 0;
}

/** Count the line last read. @param positions of its fields, addresses @returns false where TypeScript is to count it */
export function countLine(template: i32, entry: i32, row: usize, positions: usize): bool {
  const plan = template == -1 ? NO_EVENT : load<i32>(plans + ((<usize>template) << 2));
  state = 0;
  if (plan == ELSEWHERE) return false;
  if (!isPresentHour()) {
    state = HOUR_UNKNOWN;
    return false;
  }
  if (plan != NO_EVENT && !countEvent(<usize>plan, row, positions)) return false;
  addLine(<f64>line, lineMs(), template != -1 || entry != -1);
  if (entry != -1) addProblem(entry, <f64>line, lineMs(), hourMs());
  return true;
}

function countEvent(plan: usize, row: usize, positions: usize): bool {
  switch (load<i32>(plan, EVENT)) {
    case IS_CONNECTED:
      addTotal(CONNECTED, 1);
      return true;
    case IS_RECEIVED:
      return countReceived(plan, positions);
    case IS_QUEUED:
      return countQueued(plan, positions);
    case IS_DELIVERY:
      return countDelivery(plan, row, positions);
    default:
      return countTls(plan, row, positions);
  }
}

function startOf(field: i32, positions: usize): usize {
  return load<usize>(positions + ((<usize>field) << 3));
}

function endOf(field: i32, positions: usize): usize {
  return load<usize>(positions + ((<usize>field) << 3), 4);
}

function mailOf(plan: usize, positions: usize): f64 {
  const field = load<i32>(plan, QUEUE_ID);
  return fingerprint(startOf(field, positions), endOf(field, positions));
}

/** As far as there is room; what is left is counted once it has been taken. */
function roomIn(one: bool, other: bool): bool {
  if (one && other) return true;
  state = FULL;
  return false;
}

/** `sasl_username=` */
const USER = memory.data<u8>([0x73, 0x61, 0x73, 0x6c, 0x5f, 0x75, 0x73, 0x65, 0x72, 0x6e, 0x61, 0x6d, 0x65, 0x3d]);
const USER_LENGTH: usize = 14;

function countReceived(plan: usize, positions: usize): bool {
  if (!roomIn(hasRoom(clients) && hasRoom(logins), hasRoomForMail())) return false;
  addTotal(RECEIVED, 1);
  addVolume(RECEIVED_COLUMN, 1);
  awaitMail(mailOf(plan, positions));
  const field = load<i32>(plan, CLIENT);
  let address: usize = 0;
  let close: usize = 0;
  if (field != -1) {
    const start = startOf(field, positions);
    const end = endOf(field, positions);
    address = nextByte(OPEN_BRACKET, start, end) + 1;
    close = nextByte(CLOSE_BRACKET, address, end);
    // Without the port, which is another for each connection.
    if (close > address) countKey(clients, start, close + 1, 0);
  }
  const list = load<i32>(plan, LOGIN);
  if (list == -1 || !hasUser(startOf(list, positions), endOf(list, positions))) return true;
  addTotal(LOGINS, 1);
  if (close > address) countKey(logins, address, close, 0);
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

/** qmgr takes a deferred mail up again and again. Only the first time is plain. */
function countQueued(plan: usize, positions: usize): bool {
  const mail = mailOf(plan, positions);
  if (!isAwaited(mail)) return false;
  if (!roomIn(hasRoom(senders), true)) return false;
  const field = load<i32>(plan, SIZE);
  const size = readWhole(startOf(field, positions), endOf(field, positions));
  takeUpMail(mail, size);
  addTotal(QUEUED, 1);
  const sender = load<i32>(plan, SENDER);
  countKey(senders, startOf(sender, positions), endOf(sender, positions), 0);
  if (size >= 0) addBytes(RECEIVED_COLUMN, size);
  return true;
}

function addBytes(column: i32, size: f64): void {
  addTotal(BYTES + ((<usize>column) << 3), size);
  addVolume(FIRST_BYTES + column, size);
}

/** `sent` as it lies in memory. */
const SENT: u32 = 0x746e6573;
/** `forwarded as ` */
const FORWARDED_AS = memory.data<u8>([0x66, 0x6f, 0x72, 0x77, 0x61, 0x72, 0x64, 0x65, 0x64, 0x20, 0x61, 0x73, 0x20]);
const FORWARDED_LENGTH: usize = 13;

function countDelivery(plan: usize, row: usize, positions: usize): bool {
  const status = load<i32>(plan, STATUS);
  const word = startOf(status, positions);
  if (endOf(status, positions) - word != 4 || load<u32>(word) != SENT) return false;
  const field = load<i32>(plan, REASON);
  const reason = field == -1 ? NOWHERE : startOf(field, positions);
  const reasonEnd = field == -1 ? NOWHERE : endOf(field, positions);
  if (reason + FORWARDED_LENGTH <= reasonEnd && isSame(FORWARDED_AS, reason, FORWARDED_LENGTH)) {
    addTotal(FORWARDED, 1);
    return true;
  }
  if (!roomIn(hasRoom(recipients) && hasRoom(relays), hasRoomForMail())) return false;
  addTotal(DELIVERED, 1);
  addVolume(DELIVERED_COLUMN, 1);
  const recipient = load<i32>(plan, RECIPIENT);
  countPiece(recipients, startOf(recipient, positions), endOf(recipient, positions));
  const list = load<i32>(plan, DELIVERY);
  readDelivery(startOf(list, positions), endOf(list, positions));
  countPiece(relays, relay, relayEnd);
  if (row == smtp && isHere() && holds(QUEUED_AS, QUEUED_AS_LENGTH, reason, reasonEnd)) addTotal(TO_FILTER, 1);
  const mail = mailOf(plan, positions);
  const size = sizeOfMail(mail);
  if (size >= 0) addBytes(DELIVERED_COLUMN, size);
  else keepEarly(mail, DELIVERED_COLUMN, lineLocalMs());
  return true;
}

function countPiece(table: KeyCounts, start: usize, end: usize): void {
  if (end > start) countKey(table, start, end, 0);
}

let relay: usize = 0;
let relayEnd: usize = 0;

/** `relay=`, `delays=`, `delay=` */
const RELAY = memory.data<u8>([0x72, 0x65, 0x6c, 0x61, 0x79, 0x3d]);
const DELAYS = memory.data<u8>([0x64, 0x65, 0x6c, 0x61, 0x79, 0x73, 0x3d]);
const DELAY = memory.data<u8>([0x64, 0x65, 0x6c, 0x61, 0x79, 0x3d]);

/** Of two attributes of one name the first counts. */
function readDelivery(start: usize, stop: usize): void {
  relay = NOWHERE;
  relayEnd = NOWHERE;
  let hasDelays = false;
  let hasDelay = false;
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

function countTls(plan: usize, row: usize, positions: usize): bool {
  if (!roomIn(hasRoom(protocols), true)) return false;
  addTotal(TLS, 1);
  const field = load<i32>(plan, PROTOCOL);
  const start = startOf(field, positions);
  const end = endOf(field, positions);
  const isIncoming = row == smtpd || row == tlsproxy || row == postscreen;
  if (end > start) countKey(protocols, start, end, isIncoming ? 0 : 1);
  return true;
}
