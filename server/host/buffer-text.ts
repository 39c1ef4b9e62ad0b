/** Text of `bytes[start..end)`. */
export type TextOf = (bytes: Uint8Array, start: number, end: number) => string;

/** Text of bytes in an encoding, fast where it is asked for the same array again and again. What is no UTF-8 becomes U+FFFD there. */
export function bufferText(encoding: "utf8" | "latin1"): TextOf {
  let viewed: Uint8Array | null = null;
  let view: Buffer = Buffer.alloc(0);
  return (bytes, start, end) => {
    if (bytes !== viewed) {
      viewed = bytes;
      view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    return view.toString(encoding, start, end);
  };
}
