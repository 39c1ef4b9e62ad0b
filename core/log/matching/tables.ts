import type { FieldType } from "../field-types.ts";
import type { Keys } from "./keys.ts";
import type { WriterTable } from "./writers.ts";

/**
 * The compiled templates as numbers, so that a match follows no pointers and a worker, or the next start, gets them without compiling.
 *
 * `code` holds records; a reference to a record is its offset, 0 is none. The first four numbers of every record but a list are its reach
 * (reach.ts): REACH_MESSAGE, REACH_ENTRY, REACH_HINT, REACH_WRITERS. Then:
 *
 * - a node of a trie: LABEL_START, LABEL_END (in `labels`), VALUE (a place or an ending), CHILD_COUNT, and from CHILDREN the children: up to
 *   MOST_CHILDREN pairs of first byte and node, beyond that one node for each of the 256 bytes.
 * - a place: ENDS (count), ENDS_AT, CLOSED, CLOSED_AT, OPEN, OPEN_AT. The list of ends holds ends, that of closed fields pairs of scanner (in
 *   CLOSED_TYPES) and node, that of open fields searches.
 * - an end: ORDER of its template, LAYER, SCORE.
 * - an ending: ENDS, ENDS_AT.
 * - a search: ENDS, ENDS_AT, WORD, ENDINGS (a trie), TAIL (a place), LANDINGS (count), LANDINGS_AT: its landings one after the other; and where in
 *   `ends` are FIRST_END, its own and its endings', TAIL_END, the tail's, LANDING_END, the landings', BEHIND_END, the next one's.
 * - a landing: LITERAL_START, LITERAL_END (in `labels`), PLACE, LANDING_NUMBER among all, LANDING_BEHIND: behind its ends, in `ends`.
 */
export interface MatcherTables {
  readonly code: Int32Array;
  readonly labels: Uint8Array;
  /** The trie that a message is begun with. */
  readonly root: number;
  /** Every end, in the order of the tree: those below one search are neighbours. */
  readonly ends: Int32Array;
  /** Of each. */
  readonly keys: Keys;
  /** How many landings there are. */
  readonly landings: number;
  /** The most fields that any template has. */
  readonly depth: number;
  readonly writers: WriterTable;
}

export const REACH_MESSAGE = 0;
export const REACH_ENTRY = 1;
export const REACH_HINT = 2;
export const REACH_WRITERS = 3;

export const LABEL_START = 4;
export const LABEL_END = 5;
export const VALUE = 6;
export const CHILD_COUNT = 7;
export const CHILDREN = 8;
export const MOST_CHILDREN = 5;

export const ENDS = 4;
export const ENDS_AT = 5;
export const CLOSED = 6;
export const CLOSED_AT = 7;
export const OPEN = 8;
export const OPEN_AT = 9;

export const ORDER = 4;
export const LAYER = 5;
export const SCORE = 6;
export const MESSAGE_LAYER = 0;
export const ENTRY_LAYER = 1;

export const WORD = 6;
export const ENDINGS = 7;
export const TAIL = 8;
export const LANDINGS = 9;
export const LANDINGS_AT = 10;
export const FIRST_END = 11;
export const TAIL_END = 12;
export const LANDING_END = 13;
export const BEHIND_END = 14;

export const LITERAL_START = 4;
export const LITERAL_END = 5;
export const PLACE = 6;
export const LANDING_NUMBER = 7;
export const LANDING_BEHIND = 8;
export const LANDING_SIZE = 9;

/** The types whose end their own bytes decide, numbered by their place here. */
export const CLOSED_TYPES: readonly FieldType[] = [
  "queue_id",
  "verb",
  "stage",
  "client",
  "int",
  "number",
  "code",
  "dsn",
  "ip",
  "char",
  "item",
  "address",
  "helo",
  "envelope",
  "delivery",
  "login",
  "stats",
  "addresses",
  "session",
  "amavis",
];
