import { BACKSLASH, COMMA, decimal, isDigit, QUOTE, skipDigits } from "../ascii.ts";
import { decodeUtf8, encodeUtf8 } from "../utf8.ts";
import { type JsonValue, readValue, skipSpace } from "./json-fields.ts";

const ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

/** The bytes that an escaped string, or an array of byte values, stands for. Null for any other value. */
export function textOfValue(bytes: Uint8Array, value: JsonValue): Uint8Array | null {
  if (value.kind === "string") return unescape(bytes, value.start, value.end);
  if (value.kind !== "array") return null;
  const first = skipSpace(bytes, value.start + 1, value.end);
  // A field that was given several times is an array of strings: the first stands for all.
  if (bytes[first] === QUOTE && first < value.end) return textOfValue(bytes, readValue(bytes, first, value.end));
  return bytesOfArray(bytes, first, value.end);
}

/** journalctl writes a message that is not valid UTF-8, or has control characters, as its byte values: `[72,105]`. */
function bytesOfArray(bytes: Uint8Array, at: number, end: number): Uint8Array {
  const values: number[] = [];
  let next = at;
  while (next < end && isDigit(bytes[next])) {
    const stop = skipDigits(bytes, next, end);
    values.push(decimal(bytes, next, stop) & 0xff);
    next = skipSpace(bytes, stop, end);
    if (bytes[next] !== COMMA) break;
    next = skipSpace(bytes, next + 1, end);
  }
  return Uint8Array.from(values);
}

function unescape(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const text = new Uint8Array(end - start);
  let length = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    const escaped = bytes[at + 1];
    if (byte !== BACKSLASH || escaped === undefined || at + 1 >= end) {
      text[length++] = byte;
    } else if (escaped === 0x75) {
      const unit = hexUnit(bytes, at + 2, end);
      const low =
        unit >= 0xd800 && unit < 0xdc00 && bytes[at + 6] === BACKSLASH && bytes[at + 7] === 0x75
          ? hexUnit(bytes, at + 8, end)
          : -1;
      const paired = low >= 0xdc00 && low < 0xe000;
      // Six bytes of escape (twelve for a pair) are at most three (four) of UTF-8: `text` has room.
      const encoded = encodeUtf8(
        unit === -1 ? "?" : paired ? String.fromCharCode(unit, low) : String.fromCharCode(unit),
      );
      const room = encoded.subarray(0, text.length - length);
      text.set(room, length);
      length += room.length;
      at += unit === -1 ? 1 : paired ? 11 : 5;
    } else {
      text[length++] = ESCAPES.get(escaped) ?? escaped;
      at += 1;
    }
  }
  return text.subarray(0, length);
}

function hexUnit(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return -1;
  const value = Number.parseInt(decodeUtf8(bytes, at, at + 4), 16);
  return Number.isNaN(value) ? -1 : value;
}
