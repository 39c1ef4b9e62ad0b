import { byteAt, DOT, isDigit } from "../bytes";

/** What core/report/log/read-numbers.ts reads, number for number. */

const SLASH: u8 = 0x2f;

/** `0.05/0.01/0.8/0.44` as four numbers of eight bytes, in milliseconds. @returns false for anything else */
export function readDelays(start: usize, end: usize, into: usize): bool {
  let at = start;
  for (let stage: usize = 0; stage < 4; stage += 1) {
    const stop = secondsEnd(at, end);
    if (stop == at || (stage < 3 ? stop >= end || byteAt(stop) != SLASH : stop != end)) return false;
    store<f64>(into + (stage << 3), millisecondsAt(at, stop));
    at = stop + 1;
  }
  return true;
}

/** `12` or `0.05` seconds in milliseconds; -1 for anything else. */
export function readSeconds(start: usize, end: usize): f64 {
  return start >= end || secondsEnd(start, end) != end ? -1 : millisecondsAt(start, end);
}

function millisecondsAt(start: usize, end: usize): f64 {
  let value: f64 = 0;
  let scale: f64 = 0;
  for (let at = start; at < end; at += 1) {
    const byte = byteAt(at);
    if (byte == DOT) scale = 1;
    else if (scale < 1000) {
      value = value * 10 + <f64>(byte - 0x30);
      if (scale > 0) scale *= 10;
    }
  }
  return scale == 0 ? value * 1000 : (value * 1000) / scale;
}

/** Digits as a number; -1 for anything else, and for more of them than a number holds exactly. */
export function readWhole(start: usize, end: usize): f64 {
  if (start >= end || end - start > 15) return -1;
  let value: f64 = 0;
  for (let at = start; at < end; at += 1) {
    const byte = byteAt(at);
    if (!isDigit(byte)) return -1;
    value = value * 10 + <f64>(byte - 0x30);
  }
  return value;
}

function secondsEnd(start: usize, end: usize): usize {
  let at = start;
  let dots = 0;
  while (at < end && (isDigit(byteAt(at)) || (byteAt(at) == DOT && dots == 0))) {
    if (byteAt(at) == DOT) dots = 1;
    at += 1;
  }
  return at;
}
