import { BACKSLASH, CLOSE_BRACKET, COMMA, isBlank, latin1, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "../ascii.ts";

/** A member's value in one line of JSON: the range within the quotes for a string, of the whole for anything else. */
export interface JsonValue {
  readonly kind: "string" | "array" | "other";
  readonly start: number;
  readonly end: number;
  /** A string with a backslash in it. */
  readonly escaped: boolean;
}

const LONGEST_NAME = 64;

/**
 * Tell of each member of the object that starts at `at`, in order. Tolerant: a line that breaks off gives what it has,
 * anything that is no object gives nothing. One pass. Nothing is validated beyond what finding the members needs.
 */
export function readJsonMembers(
  bytes: Uint8Array,
  at: number,
  end: number,
  listener: (name: string, value: JsonValue) => void,
): void {
  if (bytes[at] !== OPEN_BRACE || at >= end) return;
  let next = skipSpace(bytes, at + 1, end);
  while (next < end && bytes[next] === QUOTE) {
    const name = readValue(bytes, next, end);
    next = skipSpace(bytes, name.end + 1, end);
    if (bytes[next] !== 0x3a || next >= end) return;
    next = skipSpace(bytes, next + 1, end);
    if (next >= end) return;
    const value = readValue(bytes, next, end);
    if (name.end - name.start <= LONGEST_NAME) listener(latin1(bytes, name.start, name.end), value);
    next = skipSpace(bytes, value.kind === "string" ? value.end + 1 : value.end, end);
    if (bytes[next] !== COMMA || next >= end) return;
    next = skipSpace(bytes, next + 1, end);
  }
}

/** The value at `at`, which is before `end`. */
export function readValue(bytes: Uint8Array, at: number, end: number): JsonValue {
  const first = bytes[at];
  if (first === QUOTE) {
    let escaped = false;
    let next = at + 1;
    while (next < end && bytes[next] !== QUOTE) {
      if (bytes[next] === BACKSLASH) {
        escaped = true;
        next += 1;
      }
      next += 1;
    }
    return { kind: "string", start: at + 1, end: Math.min(next, end), escaped };
  }
  if (first === OPEN_BRACKET || first === OPEN_BRACE) {
    return {
      kind: first === OPEN_BRACKET ? "array" : "other",
      start: at,
      end: nestedEnd(bytes, at, end),
      escaped: false,
    };
  }
  let next = at;
  while (
    next < end &&
    bytes[next] !== COMMA &&
    bytes[next] !== CLOSE_BRACKET &&
    bytes[next] !== 0x7d &&
    !isBlank(bytes[next])
  )
    next += 1;
  return { kind: "other", start: at, end: next, escaped: false };
}

/** After the bracket that closes the one at `at`; strings inside may hold brackets. */
function nestedEnd(bytes: Uint8Array, at: number, end: number): number {
  let depth = 0;
  let next = at;
  while (next < end) {
    const byte = bytes[next];
    if (byte === QUOTE) next = readValue(bytes, next, end).end;
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) depth += 1;
    else if (byte === CLOSE_BRACKET || byte === 0x7d) depth -= 1;
    next += 1;
    if (depth === 0) return Math.min(next, end);
  }
  return end;
}

export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && (isBlank(bytes[next]) || bytes[next] === 0x0a || bytes[next] === 0x0d)) next += 1;
  return next;
}
