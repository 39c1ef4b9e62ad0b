import type { LogSystem } from "../log-line.ts";
import type { Machine } from "../machine/machine.ts";
import type { WriterRow } from "../matching/writers.ts";

/** Who writes lines: a tag and, of Dovecot, the service that speaks under it. */
export interface Program {
  /** The whole tag, such as `postfix/submission/smtpd`, one character a byte; null for a line without one. */
  readonly tag: string | null;
  readonly daemon: string | null;
  readonly system: LogSystem;
}

export interface KnownProgram extends Program {
  readonly number: number;
  /** Which templates are tried on its lines. */
  readonly row: WriterRow;
}

/** The programs met so far, numbered in the order of first sight. */
export interface ProgramList {
  add(tag: string | null, daemon: string | null, system: LogSystem): KnownProgram;
  get(number: number): KnownProgram | null;
}

/** More than any log has; tags that strangers could vary without end share the last number of their kind. */
const MOST = 4096;

export function createProgramList(machine: Machine): ProgramList {
  const programs: KnownProgram[] = [];
  /** By tag, then by daemon: no string is built to look one up. A tag decides its system. */
  const byTag = new Map<string | null, Map<string | null, KnownProgram>>();

  function make(tag: string | null, daemon: string | null, system: LogSystem): KnownProgram {
    const row = machine.rowOf({ tagged: tag !== null, system, daemon });
    return { tag, daemon, system, number: programs.length, row };
  }

  return {
    add(tag, daemon, system) {
      const daemons = byTag.get(tag) ?? new Map<string | null, KnownProgram>();
      const known = daemons.get(daemon);
      if (known !== undefined) return known;
      const program = make(tag, daemon, system);
      if (programs.length >= MOST) return program;
      programs.push(program);
      daemons.set(daemon, program);
      byTag.set(tag, daemons);
      return program;
    },
    get: (number) => programs[number] ?? null,
  };
}
