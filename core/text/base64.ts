const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of base64 (RFC 4648, section 4) without white space. What is no digit counts as the first. */
export function decodeBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let value = 0; value < DIGITS.length; value += 1) values[DIGITS.charCodeAt(value)] = value;
  const length = text.endsWith("==") ? text.length - 2 : text.endsWith("=") ? text.length - 1 : text.length;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let at = 0;
  for (let index = 0; index < length; index += 1) {
    bits = (bits << 6) | (values[text.charCodeAt(index)] ?? 0);
    const left = (index % 4) * 2;
    if (left > 0) bytes[at++] = (bits >>> (6 - left)) & 0xff;
  }
  return bytes;
}
