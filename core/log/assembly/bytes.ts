/**
 * What ascii.ts has, for bytes in memory: places are addresses. What stands at or behind `end` decides nothing, but bytes are looked at in steps of sixteen, the last of
 * which may reach behind it: memory does not end there (MARGIN of machine/machine.ts).
 */

export const TAB: u8 = 0x09;
export const LF: u8 = 0x0a;
export const CR: u8 = 0x0d;
export const SPACE: u8 = 0x20;
export const QUOTE: u8 = 0x22;
export const HASH: u8 = 0x23;
export const OPEN_PARENTHESIS: u8 = 0x28;
export const CLOSE_PARENTHESIS: u8 = 0x29;
export const COMMA: u8 = 0x2c;
export const MINUS: u8 = 0x2d;
export const DOT: u8 = 0x2e;
export const COLON: u8 = 0x3a;
export const SEMICOLON: u8 = 0x3b;
export const LESS: u8 = 0x3c;
export const EQUALS: u8 = 0x3d;
export const GREATER: u8 = 0x3e;
export const AT: u8 = 0x40;
export const OPEN_BRACKET: u8 = 0x5b;
export const BACKSLASH: u8 = 0x5c;
export const CLOSE_BRACKET: u8 = 0x5d;
export const UNDERSCORE: u8 = 0x5f;

/** Bytes that are looked at together. */
const STEP: usize = 16;

/** No place: what a scanner returns where nothing stands. */
export const NOWHERE: usize = 0;

export function byteAt(at: usize): u8 {
  return load<u8>(at);
}

export function isDigit(byte: u8): bool {
  return <u8>(byte - 0x30) < 10;
}

export function isUpper(byte: u8): bool {
  return <u8>(byte - 0x41) < 26;
}

export function isLower(byte: u8): bool {
  return <u8>(byte - 0x61) < 26;
}

export function isBlank(byte: u8): bool {
  return byte == SPACE || byte == TAB;
}

/** Whether `byte` stands at `at`. */
export function stands(byte: u8, at: usize, end: usize): bool {
  return at < end && load<u8>(at) == byte;
}

export function skipDigits(at: usize, end: usize): usize {
  let next = at;
  while (next < end && isDigit(load<u8>(next))) next += 1;
  return next;
}

export function skipBlanks(at: usize, end: usize): usize {
  let next = at;
  while (next < end && isBlank(load<u8>(next))) next += 1;
  return next;
}

/** The next blank, or `end`. */
export function nextBlank(at: usize, end: usize): usize {
  return nextOfTwo(SPACE, TAB, at, end);
}

/** The next `byte`, or `end`. */
export function nextByte(byte: u8, at: usize, end: usize): usize {
  const wanted = i8x16.splat(byte);
  for (let next = at; next < end; next += STEP) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(next), wanted));
    if (found != 0) return min(next + ctz(found), end);
  }
  return end;
}

/** The next of two bytes, or `end`. */
export function nextOfTwo(one: u8, other: u8, at: usize, end: usize): usize {
  for (let next = at; next < end; next += STEP) {
    const bytes = v128.load(next);
    const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, i8x16.splat(one)), i8x16.eq(bytes, i8x16.splat(other))));
    if (found != 0) return min(next + ctz(found), end);
  }
  return end;
}

/** The next `byte` or blank, or `end`. */
export function nextOrBlank(byte: u8, at: usize, end: usize): usize {
  const wanted = i8x16.splat(byte);
  for (let next = at; next < end; next += STEP) {
    const bytes = v128.load(next);
    const blanks = v128.or(i8x16.eq(bytes, i8x16.splat(SPACE)), i8x16.eq(bytes, i8x16.splat(TAB)));
    const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, wanted), blanks));
    if (found != 0) return min(next + ctz(found), end);
  }
  return end;
}

/** Behind the letters and digits that stand at `at`. */
export function skipLettersAndDigits(at: usize, end: usize): usize {
  for (let next = at; next < end; next += STEP) {
    const bytes = v128.load(next);
    const letters = i8x16.lt_u(i8x16.sub(v128.or(bytes, i8x16.splat(0x20)), i8x16.splat(0x61)), i8x16.splat(26));
    const digits = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(10));
    const others = ~i8x16.bitmask(v128.or(letters, digits)) & 0xffff;
    if (others != 0) return min(next + ctz(others), end);
  }
  return end;
}

/** Whether the same bytes stand at two places, as far as there are `length`. The last step of several bytes goes over some a second time. */
export function isSame(one: usize, other: usize, length: usize): bool {
  if (length < 8) return isSameShort(one, other, length);
  const last = length - 8;
  if (load<u64>(one + last) != load<u64>(other + last)) return false;
  for (let index: usize = 0; index < last; index += 8) {
    if (load<u64>(one + index) != load<u64>(other + index)) return false;
  }
  return true;
}

function isSameShort(one: usize, other: usize, length: usize): bool {
  if (length >= 4) {
    const last = length - 4;
    return load<u32>(one) == load<u32>(other) && load<u32>(one + last) == load<u32>(other + last);
  }
  for (let index: usize = 0; index < length; index += 1) {
    if (load<u8>(one + index) != load<u8>(other + index)) return false;
  }
  return true;
}
