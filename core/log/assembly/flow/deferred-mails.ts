import { allocate } from "../allocate";

/** The fingerprints of mails that were put off, each a number of eight bytes; one that was put off twice stands there twice. */
const MOST: i32 = 4096;

let list: usize = 0;
let count: i32 = 0;

export function createDeferred(): void {
  list = allocate((<usize>MOST) << 3);
}

export function clearDeferred(): void {
  count = 0;
}

export function deferredMails(): usize {
  return list;
}

export function deferredMailCount(): i32 {
  return count;
}

export function hasRoomForDeferred(): bool {
  return count < MOST;
}

/** There must be room. */
export function addDeferred(mail: f64): void {
  store<f64>(list + ((<usize>count) << 3), mail);
  count += 1;
}
