import { byteAt, COMMA, EQUALS, isSame, LESS, NOWHERE, nextByte } from "../bytes";
import { bracketEnd } from "../tails";

/** The value of the attribute found last, brackets excluded. */
let start: usize = 0;
let end: usize = 0;

export function attributeStart(): usize {
  return start;
}

export function attributeEnd(): usize {
  return end;
}

/** Go to the first attribute of a list `, name=value, name=<value>`, or the next one: its place is behind the comma and the blank. */
export function firstAttribute(list: usize): usize {
  return list + 2;
}

/** Read the attribute at `at`. @returns the place of the next one, at or behind `stop` if there is none */
export function readAttribute(at: usize, stop: usize): usize {
  const equals = nextByte(EQUALS, at, stop);
  start = min(equals + 1, stop);
  if (start < stop && byteAt(start) == LESS) {
    start += 1;
    const close = bracketEnd(start, stop);
    end = close == NOWHERE ? stop : close;
    return (close == NOWHERE ? stop : close + 1) + 2;
  }
  end = nextByte(COMMA, start, stop);
  return end + 2;
}

/** Whether the attribute at `at` has the name `name`, which ends with its `=`. */
export function hasName(name: usize, length: usize, at: usize, stop: usize): bool {
  return at + length <= stop && isSame(name, at, length);
}
