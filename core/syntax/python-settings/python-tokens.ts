import { isAlnumCode, isDigitCode } from "../../text/ascii.ts";
import { readPythonString } from "./python-string.ts";

/** The least of Python's tokens that assignments of literals need. Offsets in the text. */
export interface PythonToken {
  readonly kind: "name" | "number" | "string" | "operator" | "newline" | "unclosed-string";
  readonly start: number;
  readonly end: number;
  /** Decoded content of a string; null where it is no plain text (bytes, f-strings, `\N{…}`). */
  readonly value: string | null;
  /** Stands at the start of an indented physical line. */
  readonly indented: boolean;
}

const OPENERS = "([{";
const CLOSERS = ")]}";

function isNameCode(code: number): boolean {
  return isAlnumCode(code) || code === 95 || code > 127;
}

/**
 * Tokens of a Python file; comments and blanks are skipped. A `newline` ends a statement: line breaks inside brackets and after a
 * backslash do not. Linear, any text.
 */
export function pythonTokens(text: string): readonly PythonToken[] {
  const tokens: PythonToken[] = [];
  let depth = 0;
  let lineStart = true;
  let at = text.startsWith("\ufeff") ? 1 : 0;
  const push = (kind: PythonToken["kind"], end: number, value: string | null = null): void => {
    const before = text.charAt(at - 1);
    tokens.push({ kind, start: at, end, value, indented: lineStart && (before === " " || before === "\t") });
    lineStart = false;
    at = end;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    const code = text.charCodeAt(at);
    if (char === "\n") {
      if (depth === 0 && !lineStart) push("newline", at + 1);
      else at += 1;
      if (depth === 0) lineStart = true;
    } else if (char === " " || char === "\t" || char === "\r" || char === "\f") {
      at += 1;
    } else if (char === "#") {
      const feed = text.indexOf("\n", at);
      at = feed === -1 ? text.length : feed;
    } else if (char === "\\" && (text.startsWith("\n", at + 1) || text.startsWith("\r\n", at + 1))) {
      at += text.charAt(at + 1) === "\r" ? 3 : 2;
    } else if (isDigitCode(code)) {
      let end = at + 1;
      while (end < text.length && (isNameCode(text.charCodeAt(end)) || text.charAt(end) === ".")) end += 1;
      push("number", end);
    } else if (isNameCode(code) || char === '"' || char === "'") {
      let end = at;
      while (end < text.length && isNameCode(text.charCodeAt(end))) end += 1;
      const quote = text.charAt(end);
      const prefix = text.slice(at, end).toLowerCase();
      if ((quote === '"' || quote === "'") && ["", "r", "u", "b", "f", "br", "rb", "fr", "rf"].includes(prefix)) {
        const string = readPythonString(text, end, prefix);
        push(string.closed ? "string" : "unclosed-string", string.end, string.value);
      } else {
        push("name", end);
      }
    } else {
      if (OPENERS.includes(char)) depth += 1;
      else if (CLOSERS.includes(char)) depth = Math.max(0, depth - 1);
      push("operator", at + 1);
    }
  }
  return tokens;
}
