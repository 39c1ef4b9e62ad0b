/** Why the line last read was left to TypeScript; bits. */
const FULL: i32 = 1;
const HOUR_UNKNOWN: i32 = 2;

let state: i32 = 0;

/** Bit 0 for want of room, so that what is counted must be taken; bit 1 as its hour is not known. */
export function flowState(): i32 {
  return state;
}

export function forgetState(): void {
  state = 0;
}

export function setHourUnknown(): void {
  state = HOUR_UNKNOWN;
}

/** Notes that there is no room, if so. */
export function isRoom(room: bool): bool {
  if (!room) state = FULL;
  return room;
}
