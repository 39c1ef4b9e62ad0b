import { DOT, isDigit, SLASH, ZERO } from "../../log/ascii.ts";

/**
 * `0.05/0.01/0.8/0.44` as four whole numbers of milliseconds into `into[0..4)`, or all -1 for anything else. Nothing is allocated: a report reads one a
 * delivery.
 */
export function readDelays(bytes: Uint8Array, start: number, end: number, into: Float64Array): void {
  let at = start;
  for (let stage = 0; stage < 4; stage += 1) {
    const stop = secondsEnd(bytes, at, end);
    if (stop === at || (stage < 3 ? stop >= end || bytes[stop] !== SLASH : stop !== end)) {
      into.fill(-1, 0, 4);
      return;
    }
    into[stage] = readSeconds(bytes, at, stop);
    at = stop + 1;
  }
}

/** `12` or `0.05` seconds in milliseconds; what is smaller is cut off. -1 for anything else. */
export function readSeconds(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || secondsEnd(bytes, start, end) !== end) return -1;
  let value = 0;
  let scale = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === DOT) scale = 1;
    else if (scale < 1000) {
      value = value * 10 + byte - ZERO;
      if (scale > 0) scale *= 10;
    }
  }
  return scale === 0 ? value * 1000 : (value * 1000) / scale;
}

/** Digits as a number; -1 for anything else, and for more of them than a number holds exactly. */
export function readWhole(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > 15) return -1;
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (!isDigit(byte)) return -1;
    value = value * 10 + (byte ?? 0) - ZERO;
  }
  return value;
}

/** Where the digits, with one dot among them at most, end. */
function secondsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let dots = 0;
  while (at < end && (isDigit(bytes[at]) || (bytes[at] === DOT && dots === 0))) {
    if (bytes[at] === DOT) dots = 1;
    at += 1;
  }
  return at;
}
