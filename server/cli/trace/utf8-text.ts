let viewed: Uint8Array | null = null;
let view: Buffer = Buffer.alloc(0);

/** Text of UTF-8. What is none becomes U+FFFD. Fast where it is called for the same array again and again. */
export function utf8Text(bytes: Uint8Array, start: number, end: number): string {
  if (bytes !== viewed) {
    viewed = bytes;
    view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }
  return view.toString("utf8", start, end);
}
