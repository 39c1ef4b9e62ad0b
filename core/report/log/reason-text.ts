import { decodeUtf8 } from "../../log/utf8.ts";

const LONGEST = 100;
const READ = 400;

/**
 * What a reason has in common with others of its kind: what stands in `<…>`, `[…]` and numbers of more than three digits are left out, as are the host that said it and
 * the command it answered. For reasons that the catalogue does not know.
 */
export function reasonText(bytes: Uint8Array, start: number, end: number): string {
  const text = withoutFrame(decodeUtf8(bytes, start, Math.min(end, start + READ)));
  let result = "";
  for (let at = 0; at < text.length && result.length < LONGEST; ) {
    const character = text.charAt(at);
    const close = character === "<" ? text.indexOf(">", at) : character === "[" ? text.indexOf("]", at) : -1;
    if (close !== -1) {
      result += character === "<" ? "<…>" : "[…]";
      at = close + 1;
    } else {
      const digits = digitsFrom(text, at);
      result += digits > 3 ? "…" : digits > 0 ? text.slice(at, at + digits) : character;
      at += Math.max(1, digits);
    }
  }
  return result.trim();
}

/** `host mx.example.com[192.0.2.1] said: 550 no (in reply to RCPT TO command)` → `550 no`. */
function withoutFrame(text: string): string {
  const said = text.startsWith("host ") ? text.indexOf(" said: ") : -1;
  const start = said === -1 ? 0 : said + " said: ".length;
  const reply = text.lastIndexOf(" (in reply to ");
  return text.slice(start, reply > start ? reply : text.length);
}

function digitsFrom(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charAt(end) >= "0" && text.charAt(end) <= "9") end += 1;
  return end - at;
}
