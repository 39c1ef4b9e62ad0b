import { allocate } from "./allocate";

/** Where the fields of the template being tried start and end, and those of what was found. */

/** Start and end of a field. */
const SPAN: usize = 8;

/** What the places of fields count from. */
let zero: usize = 0;
/** Start and end of each field on the way to the present place. */
let path: usize = 0;
let messagePath: usize = 0;
let entryPath: usize = 0;

/** @param depth the most fields that any template has */
export function setPaths(depth: i32): void {
  path = allocate(<usize>depth * SPAN);
  messagePath = allocate(<usize>depth * SPAN);
  entryPath = allocate(<usize>depth * SPAN);
}

export function origin(): usize {
  return zero;
}

export function setOrigin(at: usize): void {
  zero = at;
}

export function messagePositions(): usize {
  return messagePath;
}

export function entryPositions(): usize {
  return entryPath;
}

export function enterField(depth: usize, from: usize, to: usize): void {
  store<usize>(path + depth * SPAN, from - zero, 0);
  store<usize>(path + depth * SPAN, to - zero, 4);
}

/** The template whose fields these are is the best of its layer so far. */
export function keepPath(isEntry: bool, depth: usize): void {
  const to = isEntry ? entryPath : messagePath;
  for (let at: usize = 0; at < depth * SPAN; at += SPAN) store<u64>(to + at, load<u64>(path + at));
}
