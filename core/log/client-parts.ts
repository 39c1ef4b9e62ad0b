import { CLOSE_BRACKET, isBlank, OPEN_BRACKET } from "./ascii.ts";

/** Where the parts of a `name[address]:port` lie; `port` is null without one. */
export interface ClientParts {
  readonly nameEnd: number;
  readonly addressStart: number;
  readonly addressEnd: number;
  readonly port: number | null;
  readonly end: number;
}

/** The parts of a field of the type `client`. */
export function clientParts(bytes: Uint8Array, at: number, end: number): ClientParts {
  const nameEnd = Math.max(at, clientNameEnd(bytes, at, end));
  const close = Math.max(nameEnd, closingBracket(bytes, nameEnd + 1, end));
  return {
    nameEnd,
    addressStart: Math.min(nameEnd + 1, close),
    addressEnd: close,
    port: close + 2 < end ? close + 2 : null,
    end,
  };
}

function clientNameEnd(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] !== OPEN_BRACKET) {
    if (isBlank(bytes[next])) return -1;
    next += 1;
  }
  return next < end ? next : -1;
}

function closingBracket(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] !== CLOSE_BRACKET) {
    if (isBlank(bytes[next])) return -1;
    next += 1;
  }
  return next < end ? next : -1;
}
