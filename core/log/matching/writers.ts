import type { LogSystem } from "../log-line.ts";
import type { System } from "../systems.ts";

/** Who wrote a line, as its envelope says. */
export interface Writer {
  /** False for a bare message: it may be anyone's. */
  readonly tagged: boolean;
  readonly system: LogSystem;
  readonly daemon: string | null;
}

/** The bits that stand for the daemons of one system. */
export interface SystemBits {
  readonly system: System;
  /** For its daemons that no template names. */
  readonly rest: number;
  readonly daemons: readonly (readonly [daemon: string, bit: number])[];
}

/** Which templates a line may be an instance of. */
export interface WriterTable {
  /** By number of a set of writers: `words` numbers, in which each writer has its bit. */
  readonly masks: Int32Array;
  readonly words: number;
  readonly systems: readonly SystemBits[];
}

/** A line without a tag: every template is tried. */
export const ANYONE = 0;
/** A line of a program that belongs to no system we know: only templates of no system are tried. */
export const STRANGER = 1;

/** Which sets of writers a writer is in, as the machine keeps it: its address there. */
export type WriterRow = number;

/**
 * Finds the row of a writer; two writers that are treated alike have the same one.
 * @param make a row, given the writer's bit
 */
export function createRowFinder(
  systems: readonly SystemBits[],
  make: (bit: number) => WriterRow,
): (writer: Writer) => WriterRow {
  const rows = new Map<number, WriterRow>();
  // Two steps of look-up, so that reading a line builds no string.
  const bySystem = new Map(systems.map(({ system, rest, daemons }) => [system, { rest, daemons: new Map(daemons) }]));

  function bitOf({ tagged, system, daemon }: Writer): number {
    if (system === null) return tagged ? STRANGER : ANYONE;
    const known = bySystem.get(system);
    return known?.daemons.get(daemon ?? "") ?? known?.rest ?? STRANGER;
  }

  return (writer) => {
    const bit = bitOf(writer);
    const known = rows.get(bit);
    if (known !== undefined) return known;
    const row = make(bit);
    rows.set(bit, row);
    return row;
  };
}
