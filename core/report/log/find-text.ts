import { standsAt } from "../../log/ascii.ts";

/** Where ASCII `text`, not empty, first stands in `bytes[from..end)`; -1 if nowhere. For short texts: their first byte decides nearly always. */
export function findText(bytes: Uint8Array, from: number, end: number, text: string): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at !== -1 && at < end; at = bytes.indexOf(first, at + 1)) {
    if (standsAt(bytes, at, end, text)) return at;
  }
  return -1;
}
