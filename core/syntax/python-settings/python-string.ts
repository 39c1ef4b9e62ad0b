import { isHex } from "../../text/ascii.ts";

/** A Python string literal that starts (with its quote) at some offset. */
export interface PythonString {
  readonly end: number;
  readonly closed: boolean;
  /** Decoded; null for bytes, f-strings and escapes we do not decode. */
  readonly value: string | null;
}

const SIMPLE: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Where the literal ends: `end` is after its closing quote, or where an unclosed one stops. */
function findEnd(text: string, from: number, quote: string): { readonly end: number; readonly closed: boolean } {
  const triple = quote.length === 3;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === "\\") at += text.startsWith("\r\n", at + 1) ? 2 : 1;
    else if (char === "\n" && !triple) return { end: at, closed: false };
    else if (text.startsWith(quote, at)) return { end: at + quote.length, closed: true };
  }
  return { end: text.length, closed: false };
}

function decodeHex(body: string, at: number, length: number): string | null {
  const digits = body.slice(at, at + length);
  if (digits.length < length || !isHex(digits)) return null;
  const code = Number.parseInt(digits, 16);
  return code > 0x10ffff ? null : String.fromCodePoint(code);
}

function decode(body: string): string | null {
  let result = "";
  for (let at = 0; at < body.length; at += 1) {
    const char = body.charAt(at);
    if (char !== "\\") {
      result += char;
      continue;
    }
    at += 1;
    const escape = body.charAt(at);
    const length = escape === "x" ? 2 : escape === "u" ? 4 : escape === "U" ? 8 : 0;
    const simple = Object.hasOwn(SIMPLE, escape) ? SIMPLE[escape] : undefined;
    if (length > 0) {
      const decoded = decodeHex(body, at + 1, length);
      if (decoded === null) return null;
      result += decoded;
      at += length;
    } else if (escape === "N") {
      return null;
    } else if (escape >= "0" && escape <= "7") {
      let end = at + 1;
      while (end < at + 3 && body.charAt(end) >= "0" && body.charAt(end) <= "7") end += 1;
      result += String.fromCharCode(Number.parseInt(body.slice(at, end), 8));
      at = end - 1;
    } else if (escape === "\r" && body.charAt(at + 1) === "\n") {
      at += 1;
    } else if (escape !== "\n") {
      result += simple ?? `\\${escape}`;
    }
  }
  return result;
}

/** Read the string literal whose first quote stands at `open`; `prefix` is what stands before it, in lower case. */
export function readPythonString(text: string, open: number, prefix: string): PythonString {
  const mark = text.charAt(open);
  const quote = text.startsWith(mark.repeat(3), open) ? mark.repeat(3) : mark;
  const { end, closed } = findEnd(text, open + quote.length, quote);
  if (!closed || prefix.includes("b") || prefix.includes("f")) return { end, closed, value: null };
  const body = text.slice(open + quote.length, end - quote.length);
  return { end, closed, value: prefix.includes("r") ? body : decode(body) };
}

/** Any text as a Python string literal, in ASCII so that the file's encoding does not matter. */
export function quotePythonString(text: string): string {
  let body = "";
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === "\\" || char === "'") body += `\\${char}`;
    else if (code >= 32 && code < 127) body += char;
    else if (code < 256) body += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 65_536) body += `\\u${code.toString(16).padStart(4, "0")}`;
    else body += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return `'${body}'`;
}
