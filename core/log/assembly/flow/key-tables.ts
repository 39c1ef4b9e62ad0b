import { CLOSE_BRACKET, nextByte, OPEN_BRACKET } from "../bytes";
import { clearKeyCounts, countKey, createKeyCounts, hasRoom, KeyCounts } from "./key-counts";
import { CLIENT, endOf, hasField, Plan, startOf } from "./plan";

/** The tables of keys, numbered by their places in FLOW_KEYS of core/log/flow/flow-counts.ts. */
export const SENDERS: i32 = 0;
export const RECIPIENTS: i32 = 1;
export const CLIENTS: i32 = 2;
export const RELAYS: i32 = 3;
export const PROTOCOLS: i32 = 4;
export const LOGINS: i32 = 5;
export const REJECTED: i32 = 6;
export const FAILED: i32 = 7;
const TABLES: i32 = 8;

const KEYS: i32 = 8192;
const ARENA_BYTES: i32 = 262144;

const tables = memory.data(8 * 4, 4);

export function createTables(): void {
  for (let table = 0; table < TABLES; table += 1) {
    const columns = table == RELAYS ? 3 : table == PROTOCOLS ? 2 : 1;
    const fold = table != PROTOCOLS && table != LOGINS && table != FAILED;
    store<usize>(tables + ((<usize>table) << 2), createKeyCounts(columns, fold, KEYS, ARENA_BYTES));
  }
}

export function clearTables(): void {
  for (let table = 0; table < TABLES; table += 1) clearKeyCounts(keyCounts(table));
}

export function keyCounts(table: i32): KeyCounts {
  return load<usize>(tables + ((<usize>table) << 2));
}

export function hasRoomIn(table: i32): bool {
  return hasRoom(keyCounts(table));
}

/** Count a key, unless it is empty. There must be room. */
export function countPiece(table: i32, start: usize, end: usize, column: i32): void {
  if (end > start) countKey(keyCounts(table), start, end, column);
}

/** Where the address of the client read last lies, without its brackets; empty where the line names none. */
let address: usize = 0;
let addressEnd: usize = 0;

export function clientAddress(): usize {
  return address;
}

export function clientAddressEnd(): usize {
  return addressEnd;
}

/** Look for the address of the client that a line names. */
export function readClient(plan: Plan, positions: usize): void {
  address = 0;
  addressEnd = 0;
  if (!hasField(plan, CLIENT)) return;
  const end = endOf(plan, CLIENT, positions);
  address = nextByte(OPEN_BRACKET, startOf(plan, CLIENT, positions), end) + 1;
  addressEnd = nextByte(CLOSE_BRACKET, address, end);
}

/** Count a client by its name and address, without the port, which is another for each connection. */
export function countClient(table: i32, plan: Plan, positions: usize): void {
  readClient(plan, positions);
  if (addressEnd > address) countPiece(table, startOf(plan, CLIENT, positions), addressEnd + 1, 0);
}

/** A login of the client counted last. */
export function countLogin(): void {
  countPiece(LOGINS, address, addressEnd, 0);
}
