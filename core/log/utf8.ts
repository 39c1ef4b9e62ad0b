import { countLeading } from "../collections/count-leading.ts";

const CHUNK = 4096;
const REPLACEMENT = 0xfffd;

/** The UTF-8 bytes of a text. A lone surrogate becomes U+FFFD, as everywhere on the web platform. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  return bytes.slice(0, encodeUtf8Into(text, bytes));
}

/**
 * Write the UTF-8 bytes of a text to the start of `into`, which must have room for three bytes a code unit. @returns
 * how many were written
 */
export function encodeUtf8Into(text: string, into: Uint8Array): number {
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      into[at++] = unit;
      continue;
    }
    const point = codePointAt(text, index, unit);
    if (point > 0xffff) index += 1;
    at = writePoint(point, into, at);
  }
  return at;
}

function codePointAt(text: string, index: number, unit: number): number {
  if (unit < 0xd800 || unit > 0xdfff) return unit;
  const next = text.charCodeAt(index + 1);
  const paired = unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff;
  return paired ? 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00) : REPLACEMENT;
}

function writePoint(point: number, into: Uint8Array, at: number): number {
  let next = at;
  if (point < 0x800) {
    into[next++] = 0xc0 | (point >> 6);
  } else {
    if (point < 0x10000) {
      into[next++] = 0xe0 | (point >> 12);
    } else {
      into[next++] = 0xf0 | (point >> 18);
      into[next++] = 0x80 | ((point >> 12) & 0x3f);
    }
    into[next++] = 0x80 | ((point >> 6) & 0x3f);
  }
  into[next++] = 0x80 | (point & 0x3f);
  return next;
}

/** What the standard library of the language has no types for: the Encoding standard (WHATWG). */
declare const TextDecoder: new (
  label: string,
  options: { readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const platformDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** So few bytes are sooner text without it. */
const FEW = 64;

/** The text of UTF-8 bytes. What is not UTF-8 becomes U+FFFD, one a byte that starts nothing valid. Never throws. */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  if (end > bytes.length) return decodeAny(bytes, start, end);
  const part = bytes.subarray(start, end);
  if (part.length <= FEW) return isAscii(bytes, start, end) ? charactersOf(part) : decodeAny(bytes, start, end);
  // As long as its bytes is a text that is all ASCII, as nearly all that is logged, or in which single bytes became U+FFFD. To look at the bytes here instead
  // takes a few times as long while this code is cold, which in a short run it stays.
  const text = platformDecoder.decode(part);
  // The platform's decoder makes fewer U+FFFD of what is no UTF-8.
  return text.length === part.length && !text.includes("\ufffd") ? text : decodeAny(bytes, start, end);
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}

function charactersOf(codes: ArrayLike<number>): string {
  const text: unknown = Reflect.apply(String.fromCharCode, null, codes);
  return String(text);
}

function decodeAny(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  const units: number[] = [];
  let at = start;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      units.push(byte);
      at += 1;
    } else {
      const length = sequenceLength(bytes, at, end);
      pushPoint(units, length === 0 ? REPLACEMENT : readPoint(bytes, at, length));
      at += Math.max(length, 1);
    }
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}

/**
 * Length of the well-formed sequence (RFC 3629) that starts at `at`, 0 if there is none. The first byte is not ASCII.
 */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > end) return 0;
  for (let index = 1; index < length; index += 1) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1] ?? 0;
  const overlongOrSurrogate =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return overlongOrSurrogate ? 0 : length;
}

function readPoint(bytes: Uint8Array, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let index = 1; index < length; index += 1) point = (point << 6) | ((bytes[at + index] ?? 0) & 0x3f);
  return point;
}

function pushPoint(units: number[], point: number): void {
  if (point < 0x10000) units.push(point);
  else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
}

/**
 * For a text and its UTF-8 bytes: the UTF-16 offset of a byte offset. Returns the identity, without looking, where all
 * is ASCII. A byte offset inside a character maps to the character's start.
 */
export function utf16Offsets(text: string, byteLength: number): (byteOffset: number) => number {
  if (byteLength === text.length) return (offset) => offset;
  const starts = new Uint32Array(text.length + 1);
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    starts[index] = at;
    const unit = text.charCodeAt(index);
    const point = unit < 0x80 ? unit : codePointAt(text, index, unit);
    if (point > 0xffff) {
      starts[index + 1] = at;
      index += 1;
    }
    at += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  starts[text.length] = at;
  return (offset) => firstAtOrBefore(starts, offset);
}

/** The first index whose start is the greatest one not after `offset`. */
function firstAtOrBefore(starts: Uint32Array, offset: number): number {
  const last = Math.max(0, countLeading(starts.length, (index) => (starts[index] ?? 0) <= offset) - 1);
  // Both halves of a surrogate pair carry one start: the pair begins at the first.
  return last > 0 && starts[last - 1] === starts[last] ? last - 1 : last;
}
