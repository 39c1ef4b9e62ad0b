/**
 * The compiled templates in memory: matching/tables.ts has what stands in them. A record is given by its number in `code`, as there; here are the addresses of
 * the tables and the offsets of a record's numbers in bytes.
 */
let code: usize = 0;
let labels: usize = 0;
let ends: usize = 0;
let count: i32 = 0;

export function setTables(codeAt: usize, labelsAt: usize, endsAt: usize, endCount: i32): void {
  code = codeAt;
  labels = labelsAt;
  ends = endsAt;
  count = endCount;
}

/** The address of a record. */
export function recordAt(number: i32): usize {
  return code + ((<usize>number) << 2);
}

export function labelAt(offset: i32): usize {
  return labels + <usize>offset;
}

/** The address of the record of an end, by its place in the order of the tree. */
export function endAt(member: i32): usize {
  return recordAt(load<i32>(ends + ((<usize>member) << 2)));
}

export function endCount(): i32 {
  return count;
}

/** Of every record but an end. */
export const FIRST_END: usize = 0;
export const BEHIND_END: usize = 4;

export const LABEL_START: usize = 8;
export const LABEL_END: usize = 12;
export const VALUE: usize = 16;
export const CHILD_COUNT: usize = 20;
export const CHILDREN: usize = 24;
export const MOST_CHILDREN: i32 = 5;

export const ENDS: usize = 8;
export const ENDS_AT: usize = 12;
export const CLOSED: usize = 16;
export const CLOSED_AT: usize = 20;
export const OPEN: usize = 24;
export const OPEN_AT: usize = 28;

export const WORD: usize = 16;
export const ENDINGS: usize = 20;
export const TAIL: usize = 24;
export const LANDINGS: usize = 28;
export const LANDINGS_AT: usize = 32;
export const TAIL_END: usize = 36;
export const LANDING_END: usize = 40;

export const LITERAL_START: usize = 8;
export const LITERAL_END: usize = 12;
export const PLACE: usize = 16;
export const LANDING_SIZE: usize = 20;

/** Of an end. */
export const MESSAGE: usize = 0;
export const ENTRY: usize = 4;
export const HINT: usize = 8;
export const WRITERS: usize = 12;
export const ORDER: usize = 16;
export const STEPS: usize = 20;
