import { EQUALS } from "./bytes";

/**
 * A list of names, as writeNames writes it (matching/machine-data.ts): for each its length and its bytes, and a length of 0 behind the last.
 */
export type Names = usize;

/** Where the value of the attribute `name=` that stands at `at` begins, whatever of the names it has; 0 where none does. */
export function valueStart(names: Names, at: usize, end: usize): usize {
  for (let name = names; load<u8>(name) != 0; name += 1 + load<u8>(name)) {
    const length = <usize>load<u8>(name);
    if (at + length >= end || load<u8>(at + length) != EQUALS) continue;
    if (hasBytes(name + 1, at, length)) return at + length + 1;
  }
  return 0;
}

/** The length of the first of the names that stands at `at`, 0 where none does. */
export function nameAt(names: Names, at: usize, end: usize): usize {
  for (let name = names; load<u8>(name) != 0; name += 1 + load<u8>(name)) {
    const length = <usize>load<u8>(name);
    if (at + length <= end && hasBytes(name + 1, at, length)) return length;
  }
  return 0;
}

function hasBytes(name: usize, at: usize, length: usize): bool {
  for (let index: usize = 0; index < length; index += 1) {
    if (load<u8>(at + index) != load<u8>(name + index)) return false;
  }
  return true;
}
