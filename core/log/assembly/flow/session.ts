import { byteAt, COMMA, EQUALS, GREATER, LESS, SPACE, stands } from "../bytes";

/** The client's address in the list `, method=PLAIN, rip=192.0.2.77, session=<Ab1>`, as list-tails.ts reads it. */
let start: usize = 0;
let end: usize = 0;

export function sessionAddress(): usize {
  return start;
}

export function sessionAddressEnd(): usize {
  return end;
}

/** `rip=` as it lies in memory. */
const RIP: u32 = 0x3d706972;

/** Look for the address, empty where there is none. */
export function readSession(list: usize, stop: usize): void {
  start = 0;
  end = 0;
  let item = list;
  while (item < stop) {
    const from = item + 2;
    item = itemEnd(from, stop);
    if (from + 4 > item || load<u32>(from) != RIP) continue;
    const isBracketed = stands(LESS, from + 4, item) && byteAt(item - 1) == GREATER;
    start = isBracketed ? from + 5 : from + 4;
    end = isBracketed ? item - 1 : item;
    return;
  }
}

/** The next comma that a blank follows, or `stop`. A value in brackets may hold such commas. */
function itemEnd(from: usize, stop: usize): usize {
  let isBracketed = false;
  for (let at = from; at < stop; at += 1) {
    const byte = byteAt(at);
    if (byte == LESS && byteAt(at - 1) == EQUALS) isBracketed = true;
    else if (byte == GREATER) isBracketed = false;
    else if (byte == COMMA && byteAt(at + 1) == SPACE && !isBracketed) return at;
  }
  return stop;
}
