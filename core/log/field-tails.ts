import { BACKSLASH, COLON, COMMA, EQUALS, GREATER, isBlank, LESS, QUOTE, SEMICOLON, SPACE } from "./ascii.ts";
import { LIST_FIELDS, readList } from "./list-tails.ts";
import { encodeUtf8 } from "./utf8.ts";

/** The fields of an attribute list that a program appends to a message. Names of fields by names of attributes. */
export type TailType = "envelope" | "delivery" | "login" | "stats" | "session" | "amavis";

/** Told of every attribute of a tail: the field's name and where its value lies, brackets excluded. */
export type TailListener = (field: string, start: number, end: number) => void;

/** An attribute: its name, also in bytes, and the field it fills. */
interface Attribute {
  readonly text: string;
  readonly name: Uint8Array;
  readonly field: string;
}

const ENVELOPE = [
  ...attributes(["from", "sender"], ["to", "recipient"]),
  ...named("proto", "helo", "sasl_method", "sasl_username", "sasl_sender"),
];
const DELIVERY = named("orig_to", "relay", "conn_use", "delay", "delays", "tls", "dsn");
const LOGIN = named("sasl_method", "sasl_username", "sasl_sender", "orig_queue_id", "orig_client");

function attributes(...pairs: readonly (readonly [name: string, field: string])[]): readonly Attribute[] {
  return pairs.map(([text, field]) => ({ text, name: encodeUtf8(text), field }));
}

function named(...names: readonly string[]): readonly Attribute[] {
  return attributes(...names.map((name) => [name, name] as const));
}

/** The attributes of each list, by which the machine finds its end (assembly/tails.ts). */
export const ENVELOPE_NAMES: readonly string[] = ENVELOPE.map(({ text }) => text);
export const DELIVERY_NAMES: readonly string[] = DELIVERY.map(({ text }) => text);
export const LOGIN_NAMES: readonly string[] = LOGIN.map(({ text }) => text);

/** How the tail `envelope` starts, in all its variants. */
export const ENVELOPE_STARTS: readonly string[] = ["; from=", "; to=", "; proto=", "; helo="];

/** The fields that each tail can fill. */
export const FIELDS_OF_TAIL: Readonly<Record<TailType, readonly string[]>> = {
  envelope: ENVELOPE.map(({ field }) => field),
  delivery: DELIVERY.map(({ field }) => field),
  login: LOGIN.map(({ field }) => field),
  stats: [],
  ...LIST_FIELDS,
};

/** Every field that any tail can fill. */
export const TAIL_FIELDS: readonly string[] = [...new Set(Object.values(FIELDS_OF_TAIL).flat())];

const TAILS: ReadonlySet<string> = new Set(Object.keys(FIELDS_OF_TAIL));

export function isTail(type: string): type is TailType {
  return TAILS.has(type);
}

/**
 * Tell the attributes of a tail, `bytes[at..end)` as the matcher found it. One pass: each byte belongs to one attribute at most.
 *
 * - `envelope`: `; from=<a> to=<b> proto=ESMTP helo=<c> sasl_method=PLAIN sasl_username=d`; postscreen puts commas
 *   between.
 * - `delivery`: `, orig_to=<a>, relay=b, conn_use=2, delay=1, delays=1/2/3/4, tls=dane, dsn=2.0.0`
 * - `login`: `, sasl_method=PLAIN, sasl_username=a, orig_queue_id=b, orig_client=c`
 * - `stats`: ` ehlo=1 auth=0/1 commands=1/2 notes=bare_lf`, of which the whole is one field
 * - `session`, `amavis`: see list-tails.ts
 */
export function readTail(type: TailType, bytes: Uint8Array, at: number, end: number, listener: TailListener): void {
  if (type === "session" || type === "amavis") readList(type, bytes, at, end, listener);
  else if (type === "delivery") readAttributes(DELIVERY, "comma", bytes, at, end, listener);
  else if (type === "login") readAttributes(LOGIN, "comma", bytes, at, end, listener);
  else if (type === "envelope" && bytes[at] === SEMICOLON) {
    readAttributes(ENVELOPE, "blank", bytes, at + 1, end, listener);
  }
}

function readAttributes(
  names: readonly Attribute[],
  separator: "blank" | "comma",
  bytes: Uint8Array,
  at: number,
  end: number,
  listener: TailListener,
): void {
  let done = at;
  while (done < end) {
    let next = bytes[done] === COMMA ? done + 1 : done;
    if ((separator === "comma" && next === done) || bytes[next] !== SPACE) return;
    next += 1;
    const attribute = attributeAt(names, bytes, next, end);
    if (attribute === null) return;
    const { field } = attribute;
    next += attribute.name.length + 1;
    if (bytes[next] === LESS && next < end) {
      const close = bracketEnd(bytes, next + 1, end);
      // A half line: what there is of the value is better than nothing.
      const valueEnd = close === -1 ? end : close;
      listener(field, next + 1, valueEnd);
      done = close === -1 ? end : close + 1;
    } else {
      const valueEnd = plainValueEnd(separator, field, bytes, next, end);
      listener(field, next, valueEnd);
      done = valueEnd;
    }
  }
}

/** The attribute whose `name=` stands at `at`. */
function attributeAt(names: readonly Attribute[], bytes: Uint8Array, at: number, end: number): Attribute | null {
  for (const attribute of names) {
    const { name } = attribute;
    const { length } = name;
    if (at + length >= end || bytes[at] !== name[0] || bytes[at + length] !== EQUALS) continue;
    let index = 1;
    while (index < length && bytes[at + index] === name[index]) index += 1;
    if (index === length) return attribute;
  }
  return null;
}

/**
 * A value without brackets. In a comma list it ends at the comma; in a blank list at a blank, a comma, or the colon
 * before a reply.
 */
function plainValueEnd(
  separator: "blank" | "comma",
  field: string,
  bytes: Uint8Array,
  at: number,
  end: number,
): number {
  let next = at;
  if (separator === "comma") {
    while (next < end && bytes[next] !== COMMA) next += 1;
    return next;
  }
  while (next < end) {
    const byte = bytes[next];
    if (isBlank(byte) || byte === COMMA) return next;
    if (byte === COLON && field === "proto") return next;
    next += 1;
  }
  return next;
}

/**
 * Where the `>` stands that closes the bracket opened before `at`, or -1. Postfix quotes a local part that would not be
 * one otherwise (info_log_address_format = external), so `"a> to=<b"@example.com` is one address; only a quoted string
 * that an `@` or the `>` follows counts.
 */
function bracketEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = bytes[at] === QUOTE && at < end ? afterQuoted(bytes, at + 1, end) : at;
  if (next === -1) next = at;
  while (next < end && bytes[next] !== GREATER) next += 1;
  return next < end ? next : -1;
}

function afterQuoted(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] !== QUOTE) next += bytes[next] === BACKSLASH ? 2 : 1;
  const after = next + 1;
  if (after >= end) return -1;
  return bytes[after] === 0x40 || bytes[after] === GREATER ? after : -1;
}
