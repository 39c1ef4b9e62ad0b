/** Bytes put one behind the other. */
export interface ByteOutput {
  /** How many there are. May be set back, to forget the last ones. */
  length: number;
  /** ASCII that is JSON already. */
  raw(ascii: Uint8Array): void;
  /** Text that is JSON already and ASCII. */
  text(ascii: string): void;
  /** ASCII `bytes[start..end)` as a JSON string, its quotes included. */
  quoted(bytes: Uint8Array, start: number, end: number): void;
  /** A whole number from 0. */
  number(value: number): void;
  /** All there is, and begin anew. */
  take(): Uint8Array<ArrayBuffer>;
}

const FIRST = 65_536;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
/** A byte written as `\\u001f`. */
const LONGEST_ESCAPE = 6;

/** By byte: how JSON writes it, null for as it is. What a reader cannot see is escaped too, as jsonText does. */
const ESCAPES: readonly (Uint8Array | null)[] = Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x20 && byte < 0x7f && byte !== QUOTE && byte !== BACKSLASH) return null;
  const json = JSON.stringify(String.fromCharCode(byte)).slice(1, -1);
  return ascii(byte < 0x7f ? json : `\\u${byte.toString(16).padStart(4, "0")}`);
});
const IS_PLAIN = Uint8Array.from(ESCAPES, (escape) => (escape === null ? 1 : 0));

/** The bytes of ASCII text. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function byteOutput(): ByteOutput {
  let room = new Uint8Array(FIRST);
  /** Room taken last time: the next part is of about that size. */
  let usual = FIRST;

  function reserve(more: number): void {
    if (output.length + more <= room.length) return;
    const larger = new Uint8Array(Math.max(room.length * 2, output.length + more));
    larger.set(room.subarray(0, output.length));
    room = larger;
  }

  const output: ByteOutput = {
    length: 0,
    raw(bytes) {
      const { length } = bytes;
      reserve(length);
      let to = output.length;
      for (let at = 0; at < length; at += 1) room[to++] = bytes[at] ?? 0;
      output.length = to;
    },
    text(json) {
      const { length } = json;
      reserve(length);
      let to = output.length;
      for (let at = 0; at < length; at += 1) room[to++] = json.charCodeAt(at);
      output.length = to;
    },
    quoted(bytes, start, end) {
      reserve((end - start) * LONGEST_ESCAPE + 2);
      let to = output.length;
      room[to++] = QUOTE;
      let at = start;
      while (at < end && IS_PLAIN[bytes[at] ?? 0] === 1) room[to++] = bytes[at++] ?? 0;
      for (; at < end; at += 1) {
        const byte = bytes[at] ?? 0;
        if (IS_PLAIN[byte] === 1) room[to++] = byte;
        else for (const escaped of ESCAPES[byte] ?? []) room[to++] = escaped;
      }
      room[to++] = QUOTE;
      output.length = to;
    },
    number(value) {
      if (value < 10) {
        reserve(1);
        room[output.length++] = ZERO + value;
      } else {
        output.text(String(value));
      }
    },
    take() {
      const taken = room.slice(0, output.length);
      usual = Math.max(FIRST, output.length);
      if (room.length > usual * 4) room = new Uint8Array(usual);
      output.length = 0;
      return taken;
    },
  };
  return output;
}
