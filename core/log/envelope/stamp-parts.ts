import { COLON, COMMA, DOT, decimal, isDigit, MINUS, PLUS, skipDigits } from "../ascii.ts";

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** A time of day. `end` is where it stops, its fraction included. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly fraction: boolean;
  readonly end: number;
}

/** The value of exactly `count` digits, null if they are not all digits. */
export function digits(bytes: Uint8Array, at: number, count: number, end: number): number | null {
  return at + count <= end && skipDigits(bytes, at, at + count) === at + count ? decimal(bytes, at, at + count) : null;
}

/** 1 to 12 for an English month's three letters. */
export function readMonth(bytes: Uint8Array, at: number, end: number): number | null {
  if (at + 3 > end) return null;
  for (let month = 0; month < 12; month += 1) {
    const name = month * 3;
    if (
      bytes[at] === MONTHS.charCodeAt(name) &&
      bytes[at + 1] === MONTHS.charCodeAt(name + 1) &&
      bytes[at + 2] === MONTHS.charCodeAt(name + 2)
    ) {
      return month + 1;
    }
  }
  return null;
}

/** `2026-11-22`. */
export function readDate(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly year: number; readonly month: number; readonly day: number } | null {
  const year = digits(bytes, at, 4, end);
  const month = digits(bytes, at + 5, 2, end);
  const day = digits(bytes, at + 8, 2, end);
  if (year === null || month === null || day === null || bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS)
    return null;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { year, month, day } : null;
}

/** `10:00:00`, `9:00:00`, a fraction behind `.` or `,`. 60 is a leap second. */
export function readClock(bytes: Uint8Array, at: number, end: number): Clock | null {
  const colon = bytes[at + 1] === COLON ? at + 1 : at + 2;
  const hour = digits(bytes, at, colon - at, end);
  const minute = digits(bytes, colon + 1, 2, end);
  const second = digits(bytes, colon + 4, 2, end);
  if (hour === null || minute === null || second === null || bytes[colon] !== COLON || bytes[colon + 3] !== COLON)
    return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const stop = colon + 6;
  const separated = bytes[stop] === DOT || bytes[stop] === COMMA;
  if (!separated || !isDigit(bytes[stop + 1]) || stop + 1 >= end)
    return { hour, minute, second, microsecond: 0, fraction: false, end: stop };
  const fractionEnd = skipDigits(bytes, stop + 1, end);
  const kept = Math.min(fractionEnd, stop + 7);
  const microsecond = decimal(bytes, stop + 1, kept) * 10 ** (6 - (kept - stop - 1));
  return { hour, minute, second, microsecond, fraction: true, end: fractionEnd };
}

/** `Z`, `+01:00`, `+0100` or `+01`. */
export function readZone(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly offsetMinutes: number; readonly colon: boolean; readonly end: number } | null {
  if (at >= end) return null;
  if (bytes[at] === 0x5a || bytes[at] === 0x7a) return { offsetMinutes: 0, colon: true, end: at + 1 };
  if (bytes[at] !== PLUS && bytes[at] !== MINUS) return null;
  const sign = bytes[at] === MINUS ? -1 : 1;
  const hours = digits(bytes, at + 1, 2, end);
  if (hours === null || hours > 23) return null;
  const colon = bytes[at + 3] === COLON && at + 3 < end;
  const minutes = digits(bytes, colon ? at + 4 : at + 3, 2, end);
  if (minutes === null || minutes > 59)
    return { offsetMinutes: withoutMinusZero(sign * hours * 60), colon: false, end: at + 3 };
  return { offsetMinutes: withoutMinusZero(sign * (hours * 60 + minutes)), colon, end: at + (colon ? 6 : 5) };
}

function withoutMinusZero(value: number): number {
  return value === 0 ? 0 : value;
}
