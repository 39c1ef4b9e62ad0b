import type { FieldType } from "../field-types.ts";
import type { Keys } from "./keys.ts";
import type { WriterTable } from "./writers.ts";

/**
 * The compiled templates as numbers, so that a match follows no pointers and a worker, or the next start, gets them without compiling.
 *
 * The machine reads them (core/log/assembly/tables.ts has the places of a record's numbers). `code` holds records; a reference to a record is its place, 0 is none. The
 * first two numbers of every record but an end are where in `ends` its ends begin and where they stop: FIRST_END, BEHIND_END. Then:
 *
 * - a node of a trie: LABEL_START, LABEL_END (in `labels`), VALUE (a place or an ending), CHILD_COUNT, and from CHILDREN the children: up to
 *   MOST_CHILDREN pairs of first byte and node, beyond that one node for each of the 256 bytes.
 * - a place: ENDS (count), ENDS_AT, CLOSED, CLOSED_AT, OPEN, OPEN_AT. The list of ends holds ends, that of closed fields pairs of scanner (in
 *   CLOSED_TYPES) and node, that of open fields searches.
 * - an ending: ENDS, ENDS_AT.
 * - a search: ENDS, ENDS_AT, WORD, ENDINGS (a trie), TAIL (a place), LANDINGS (count), LANDINGS_AT: its landings one after the other; and where in
 *   `ends` are TAIL_END, the tail's, and LANDING_END, the landings'. Its own and its endings' come first.
 * - a landing: LITERAL_START, LITERAL_END (in `labels`), PLACE.
 *
 * An end is a template: its score among messages, MESSAGE, and among entries, ENTRY, -1 where it is none of these; HINT, 1 for a message whose lines an entry
 * explains; WRITERS, its set of writers; ORDER of its template; STEPS, which are the template by itself: three numbers for each of its literals (1, where in `labels` it
 * starts and ends) and fields (2 for a closed one, and its type; 3 for a word, 4 for a text), and a 0 behind the last.
 */
export interface MatcherTables {
  readonly code: Int32Array;
  readonly labels: Uint8Array;
  /** The trie that a message is begun with. */
  readonly root: number;
  /** Every end, in the order of the tree: those below one record are neighbours. */
  readonly ends: Int32Array;
  /** By places in `ends`. */
  readonly keys: Keys;
  /** The most fields that any template has. */
  readonly depth: number;
  readonly writers: WriterTable;
}

/**
 * Gives the tables. Whoever has them as one run of bytes (table-file.ts) may ask for so many bytes of the matcher's memory, once, put them there and give views of them:
 * then they need not be copied.
 */
export type TableSource = (room: (size: number) => Uint8Array) => MatcherTables;

export const MOST_CHILDREN = 5;

/** The types whose end their own bytes decide, numbered by their place here: closedEnd of core/log/assembly/closed-fields.ts goes by it. */
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
