import {
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOT,
  isAlphanumeric,
  isBlank,
  isDigit,
  isLower,
  isUpper,
  LESS,
  MINUS,
  OPEN_BRACKET,
  skipDigits,
  standsAt,
} from "./ascii.ts";
import { bracketEnd, tailEnd } from "./field-tails.ts";
import type { FieldType } from "./field-types.ts";

/**
 * Where a field that starts at `at` ends, or -1 if none starts there. Reads no byte outside `at..end`, each at most
 * twice.
 */
export type FieldScanner = (bytes: Uint8Array, at: number, end: number) => number;

const SHORTEST_QUEUE_ID = 5;
const LONGEST_QUEUE_ID = 32;

/** See field-types.ts for what each accepts. An open type has no scanner: what follows it decides where it ends. */
const SCANNERS: Readonly<Record<FieldType, FieldScanner | null>> = {
  queue_id: scanQueueId,
  verb: scanVerb,
  stage: scanStage,
  client: scanClient,
  int: scanInt,
  number: scanNumber,
  code: scanCode,
  dsn: scanDsn,
  ip: scanIp,
  char: (_bytes, at, end) => (at < end ? at + 1 : -1),
  item: scanItem,
  address: bracketEnd,
  addresses: scanAddresses,
  helo: bracketEnd,
  word: null,
  text: null,
  rest: null,
  envelope: (bytes, at, end) => tailEnd("envelope", bytes, at, end, null),
  delivery: (bytes, at, end) => tailEnd("delivery", bytes, at, end, null),
  login: (bytes, at, end) => tailEnd("login", bytes, at, end, null),
  stats: (bytes, at, end) => tailEnd("stats", bytes, at, end, null),
  session: (bytes, at, end) => tailEnd("session", bytes, at, end, null),
  amavis: (bytes, at, end) => tailEnd("amavis", bytes, at, end, null),
};

/**
 * The scanner of a closed type.
 * @throws TypeError for an open type
 */
export function scannerOf(type: FieldType): FieldScanner {
  const scanner = SCANNERS[type];
  if (scanner === null) throw new TypeError(`a field of type ${type} has no end of its own`);
  return scanner;
}

function scanQueueId(bytes: Uint8Array, at: number, end: number): number {
  const stop = Math.min(end, at + LONGEST_QUEUE_ID + 1);
  let next = at;
  while (next < stop && isAlphanumeric(bytes[next])) next += 1;
  const length = next - at;
  return length >= SHORTEST_QUEUE_ID && length <= LONGEST_QUEUE_ID ? next : -1;
}

function scanVerb(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && (isLower(bytes[next]) || bytes[next] === MINUS || bytes[next] === 0x5f)) next += 1;
  return next > at ? next : -1;
}

function scanStage(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && (isUpper(bytes[next]) || bytes[next] === MINUS)) next += 1;
  if (next === at) return -1;
  return standsAt(bytes, next, end, " content") ? next + " content".length : next;
}

/** Where the parts of a `name[address]:port` lie; `port` is null without one. */
export interface ClientParts {
  readonly nameEnd: number;
  readonly addressStart: number;
  readonly addressEnd: number;
  readonly port: number | null;
  readonly end: number;
}

export function scanClient(bytes: Uint8Array, at: number, end: number): number {
  const nameEnd = clientNameEnd(bytes, at, end);
  if (nameEnd === -1) return -1;
  const close = closingBracket(bytes, nameEnd + 1, end);
  return close === -1 ? -1 : portEnd(bytes, close + 1, end);
}

/** The parts of a client that `scanClient` has accepted. */
export function clientParts(bytes: Uint8Array, at: number, end: number): ClientParts {
  const nameEnd = Math.max(at, clientNameEnd(bytes, at, end));
  const close = Math.max(nameEnd, closingBracket(bytes, nameEnd + 1, end));
  return {
    nameEnd,
    addressStart: Math.min(nameEnd + 1, close),
    addressEnd: close,
    port: close + 2 < end ? close + 2 : null,
    end,
  };
}

function clientNameEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] !== OPEN_BRACKET) {
    if (isBlank(bytes[next])) return -1;
    next += 1;
  }
  return next < end ? next : -1;
}

function closingBracket(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] !== CLOSE_BRACKET) {
    if (isBlank(bytes[next])) return -1;
    next += 1;
  }
  return next < end ? next : -1;
}

function portEnd(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== COLON || at >= end) return at;
  const next = skipDigits(bytes, at + 1, end);
  return next > at + 1 ? next : at;
}

function scanInt(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] === MINUS ? at + 1 : at;
  const next = skipDigits(bytes, first, end);
  return next > first ? next : -1;
}

function scanNumber(bytes: Uint8Array, at: number, end: number): number {
  const whole = scanInt(bytes, at, end);
  if (whole === -1 || bytes[whole] !== DOT || whole >= end) return whole;
  const fraction = skipDigits(bytes, whole + 1, end);
  return fraction > whole + 1 ? fraction : whole;
}

function scanCode(bytes: Uint8Array, at: number, end: number): number {
  return skipDigits(bytes, at, Math.min(end, at + 4)) === at + 3 ? at + 3 : -1;
}

function scanDsn(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 >= end || !isDigit(bytes[at]) || bytes[at + 1] !== DOT) return -1;
  const subject = skipDigits(bytes, at + 2, Math.min(end, at + 6));
  if (subject === at + 2 || subject > at + 5 || bytes[subject] !== DOT) return -1;
  const detail = skipDigits(bytes, subject + 1, Math.min(end, subject + 5));
  return detail === subject + 1 || detail > subject + 4 ? -1 : detail;
}

function scanIp(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && isIpByte(bytes[next])) next += 1;
  // `192.0.2.4: reason`, `2001:db8::: reason`: the last colon belongs to the sentence, unless it ends a `::`.
  let colons = 0;
  while (next - colons > at && bytes[next - colons - 1] === COLON) colons += 1;
  if (colons === 1 || colons === 3) next -= 1;
  return next > at ? next : -1;
}

function isIpByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    isDigit(byte) || byte === DOT || byte === COLON || (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46)
  );
}

function scanAddresses(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] === LESS) {
    const close = bracketEnd(bytes, next + 1, end);
    // A half line: what there is of the list is the list.
    if (close === -1) return end;
    next = close + 1;
    if (bytes[next] !== COMMA || bytes[next + 1] !== LESS || next + 1 >= end) return next;
    next += 1;
  }
  return next > at ? next : -1;
}

function scanItem(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] !== COMMA) next += 1;
  return next;
}
