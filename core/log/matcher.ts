import { LONGEST_MESSAGE, type Machine } from "./machine/machine.ts";
import type { Writer, WriterRow } from "./matching/writers.ts";

export { createMachine, LONGEST_MESSAGE, type Machine } from "./machine/machine.ts";
export type { Layer, Template } from "./matching/template-source.ts";
export type { Writer, WriterRow } from "./matching/writers.ts";

/**
 * Which layers are wanted. `both`: the best template of each. `entry`: of the message layer no more than whether a line may be one that is
 * explained by its message, which is much faster: few are.
 */
export type Sought = "both" | "entry";

/** What one search has found, until the next one. */
export interface Found {
  /** Place in the list of templates, -1 where none fits. */
  readonly message: number;
  readonly entry: number;
  /** Sought was `entry`, none was found, and the message may be one that is explained: a search for both will tell. */
  readonly mayBeExplained: boolean;
  /** Where each field of the message starts and ends: two numbers a field, in the order of the template. */
  readonly messagePositions: Int32Array;
  readonly entryPositions: Int32Array;
}

/** All templates at once. */
export interface Matcher {
  /** Whose templates are tried on the lines of a writer. Few differ: keep it. */
  rowOf(writer: Writer): WriterRow;
  /**
   * Match the message `bytes[start..end)` of a line of a writer with that row. Makes nothing: the result is the matcher's own. Never throws, whatever the
   * bytes.
   */
  find(bytes: Uint8Array, start: number, end: number, row: WriterRow, sought: Sought): Found;
}

/**
 * A matcher of compiled templates. The work is done by the machine: core/log/assembly/matcher.ts.
 *
 * A match is the whole message: literals stand where they must, each field's end is found by its rule, and nothing is
 * left over. Of all templates that fit, the one with the most literal bytes wins, then the one with the stricter
 * fields, then the earlier; each layer on its own.
 *
 * Linear in the line by construction. The templates form a tree of places: a literal read from a known position, then a
 * field. From a place entered at a position, every step has one outcome: a literal stands there or not; a closed
 * field's scanner gives one end; an open field ends at the leftmost occurrence of each literal that may follow it, or
 * at the line's end. So a place is entered at most once a line, at one position, and nothing is ever tried again from
 * another (no backtracking). A step costs at most one pass over the line, so a line costs at most its length times the
 * longest literal times the places, where all but the line are constants of the templates.
 *
 * That is the bound; these make it cheap. First of all one scan of the line for the keys of all templates (keys.ts) tells
 * which templates it can be an instance of; those of other writers do not count. Are they few, each is tried by itself, step by step with the same outcomes
 * (assembly/one-template.ts): a constant number of passes. Else the tree is walked: a place is not entered where none of
 * them lies below, or none that would be better than what is found, and left at its first byte where nothing stands that
 * leads on. Mostly there are none at all.
 *
 * The price is that a field is never stretched: where the first occurrence of the next literal leads nowhere, the
 * template does not fit.
 */
export function createMatcher(machine: Machine): Matcher {
  const { calls, scratch } = machine;
  const positions = { message: calls.messagePositions() / 4, entry: calls.entryPositions() / 4 };
  const found: { -readonly [Key in keyof Found]: Found[Key] } = {
    message: -1,
    entry: -1,
    mayBeExplained: false,
    messagePositions: machine.numbers(),
    entryPositions: machine.numbers(),
  };

  return {
    rowOf: (writer) => machine.rowOf(writer),
    find(bytes, start, end, row, sought) {
      const stop = Math.max(start, Math.min(end, start + LONGEST_MESSAGE));
      machine.bytes().set(bytes.subarray(start, stop), scratch);
      calls.setOrigin(scratch - start);
      calls.match(scratch, scratch + stop - start, row, sought === "entry" ? 1 : 0);
      const numbers = machine.numbers();
      found.message = calls.messageFound();
      found.entry = calls.entryFound();
      found.mayBeExplained = calls.mayBeExplained() === 1;
      found.messagePositions = numbers.subarray(positions.message);
      found.entryPositions = numbers.subarray(positions.entry);
      return found;
    },
  };
}
