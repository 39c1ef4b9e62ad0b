import { setBestEntry, setBestMessage, setHinted } from "./best";
import { keepPath } from "./path";
import { ENTRY, MESSAGE, ORDER } from "./tables";

/** What is found of a message: records of ends, 0 for none. */
let message: usize = 0;
let entry: usize = 0;
let hinted: bool = false;
let entryOnly: bool = false;

export function beginFound(sought: bool): void {
  message = 0;
  entry = 0;
  hinted = false;
  entryOnly = sought;
}

/** The message is an instance of a template that is worth it, whose fields are on the path. */
export function found(end: usize, depth: usize): void {
  if (load<i32>(end, ENTRY) != -1) {
    setBestEntry(load<i32>(end, ENTRY));
    entry = end;
    keepPath(true, depth);
  } else if (entryOnly) {
    hinted = true;
    setHinted();
  } else {
    setBestMessage(load<i32>(end, MESSAGE));
    message = end;
    keepPath(false, depth);
  }
}

/** Order of the template found, -1 for none. */
export function messageFound(): i32 {
  return message == 0 ? -1 : load<i32>(message, ORDER);
}

export function entryFound(): i32 {
  return entry == 0 ? -1 : load<i32>(entry, ORDER);
}

export function mayBeExplained(): bool {
  return entry == 0 && hinted;
}
