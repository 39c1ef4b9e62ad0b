/** Bytes that scanners of log lines look for, and the classes they fall into. */
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const ESC = 0x1b;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const PIPE = 0x7c;

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

export function isUpper(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}

export function isLower(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x61 && byte <= 0x7a;
}

export function isAlphanumeric(byte: number | undefined): boolean {
  return isDigit(byte) || isUpper(byte) || isLower(byte);
}

/** Space or tab: what separates words within a line. */
export function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}

/** Where the blanks from `at` on end. */
export function skipBlanks(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && isBlank(bytes[next])) next += 1;
  return next;
}

/** Where the digits from `at` on end; `at` itself if there are none. */
export function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && isDigit(bytes[next])) next += 1;
  return next;
}

/** The next blank from `at` on, or `end`. */
export function nextBlank(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && !isBlank(bytes[next])) next += 1;
  return next;
}

/** Whether ASCII `text` stands at `at`. */
export function standsAt(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (at + text.length > end) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * The bytes as a string of one character each (U+0000..U+00FF). For names that are ASCII or compared as such; short
 * ones.
 */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

/** The value of the digits in a range, which must hold digits only. Saturates far above any number a log means. */
export function decimal(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1)
    value = Math.min(value * 10 + (bytes[at] ?? ZERO) - ZERO, Number.MAX_SAFE_INTEGER);
  return value;
}
