import { CR } from "./ascii.ts";
import { decodeUtf8 } from "./utf8.ts";

/** Where the line `bytes[start..end)`, which lacks its LF, stops without the CR of a CRLF. */
export function beforeCr(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === CR ? end - 1 : end;
}

/** The line `bytes[start..end)` as text, without the CR of a CRLF. */
export function lineText(bytes: Uint8Array, start: number, end: number): string {
  return decodeUtf8(bytes, start, beforeCr(bytes, start, end));
}
