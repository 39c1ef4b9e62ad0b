import { COLON, DOT, isAlphanumeric, isBlank, MINUS, nextBlank, skipBlanks, standsAt } from "../ascii.ts";
import type { LogLevel } from "../log-line.ts";
import { readLevelColumn } from "./container.ts";
import type { Range } from "./draft.ts";
import { readDovecotService } from "./message-start.ts";
import { readRspamdHeader } from "./rspamd.ts";
import { readTag, type Tag } from "./tag.ts";

/** What stands between a time stamp and the message: `host postfix/smtpd[123]: `, any part of which may be missing. */
export interface Header {
  readonly host: Range | null;
  readonly tag: Tag | null;
  readonly service: string | null;
  readonly level: LogLevel | null;
  /** A level column such as containers write. */
  readonly column: boolean;
  readonly message: number;
}

export function readHeader(bytes: Uint8Array, at: number, end: number): Header {
  const start = skipBlanks(bytes, at, end);
  const own = readRspamdHeader(bytes, start, end);
  if (own !== null) return { host: null, service: null, column: false, message: own.tag.next, ...own };
  const hostless = readTail(bytes, start, end, null, false);
  if (hostless !== null) return hostless;
  const hostEnd = hostNameEnd(bytes, start, end);
  if (hostEnd !== -1) {
    const host = { start, end: hostEnd };
    const found = readTail(bytes, skipBlanks(bytes, hostEnd, end), end, host, true);
    if (found !== null) return found;
  }
  return { host: null, tag: null, service: null, level: null, column: false, message: start };
}

/** The header of a line without a stamp: a tag at most. A first word that could be a message's own is left alone. */
export function readBareHeader(bytes: Uint8Array, at: number, end: number): Header {
  const start = skipBlanks(bytes, at, end);
  const shared = { host: null, level: null, column: false };
  const service = readDovecotService(bytes, start, end, true);
  if (service?.name.endsWith("-login") === true)
    return { ...shared, tag: null, service: service.name, message: service.next };
  const tag = readTag(bytes, start, end, false);
  return { ...shared, tag, service: null, message: tag?.next ?? start };
}

/** A level column, then a tag; null if there is neither. */
function readTail(bytes: Uint8Array, at: number, end: number, host: Range | null, loose: boolean): Header | null {
  const column = readLevelColumn(bytes, at, end);
  const start = column?.next ?? at;
  const shared = { host, level: column?.level ?? null, column: column !== null && !column.facility };
  const service = readDovecotService(bytes, start, end, true);
  if (service !== null) return { ...shared, tag: null, service: service.name, message: service.next };
  const outer = readTag(bytes, start, end, loose);
  // A log driver puts the container's tag before the program's own: `3f2a1b[99]: postfix/smtpd[1]: `.
  const inner = outer?.system === null ? readTag(bytes, outer.next, end, false) : null;
  const tag = inner === null || inner.pid === null ? outer : inner;
  if (tag !== null) return { ...shared, tag, service: null, message: tag.next };
  if (column !== null) return { ...shared, tag: null, service: null, message: start };
  // What syslogd says for itself has no tag.
  const own =
    loose &&
    (standsAt(bytes, start, end, "last message repeated ") ||
      standsAt(bytes, start, end, "--- last message repeated "));
  return own ? { ...shared, tag: null, service: null, message: start } : null;
}

/** Where the host name that starts at `at` ends, -1 if the word can be none. */
function hostNameEnd(bytes: Uint8Array, at: number, end: number): number {
  const stop = nextBlank(bytes, at, Math.min(end, at + 256));
  if (stop === at || stop >= end || !isBlank(bytes[stop])) return -1;
  if (bytes[stop - 1] === COLON && bytes[stop - 2] !== COLON) return -1;
  for (let next = at; next < stop; next += 1) {
    const byte = bytes[next];
    const allowed =
      isAlphanumeric(byte) ||
      byte === DOT ||
      byte === MINUS ||
      byte === 0x5f ||
      byte === COLON ||
      byte === 0x25 ||
      byte === 0x40;
    if (!allowed) return -1;
  }
  return stop;
}
