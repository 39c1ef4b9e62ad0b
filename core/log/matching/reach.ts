import type { LogSystem } from "../log-line.ts";
import { SYSTEMS, type System } from "../systems.ts";
import type { Template } from "./template-source.ts";

/**
 * What can still be found below a place of the compiled templates: the best score of each layer and whose templates are
 * there. A part that cannot better what is already found is not entered.
 */
export interface Reach {
  /** Highest score of a message template below, -1 if there is none. */
  readonly message: number;
  readonly entry: number;
  /** Number of the set of writers below; see WriterSets. */
  readonly writers: number;
}

/** A part of the compiled templates, with its reach. */
export interface Reached {
  readonly reach: Reach;
}

/**
 * The different sets of writers, numbered: there are few, so that one look-up a line tells which of them a line belongs
 * to.
 */
export interface WriterSets {
  numberOf(mask: Int32Array): number;
  /** The reach of several parts together. */
  join(parts: readonly Reached[]): Reach;
  /** For each set, 1 if it has the bit. The array is shared: do not write to it. */
  holding(bit: number): Uint8Array;
}

export function createWriterSets(words: number): WriterSets {
  const masks: Int32Array[] = [];
  const numbers = new Map<string, number>();
  const rows = new Map<number, Uint8Array>();

  function numberOf(mask: Int32Array): number {
    const key = mask.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, masks.length);
    masks.push(mask);
    return masks.length - 1;
  }

  return {
    numberOf,
    join(parts) {
      let message = -1;
      let entry = -1;
      let writers = -1;
      let union: Int32Array | null = null;
      for (const { reach } of parts) {
        message = Math.max(message, reach.message);
        entry = Math.max(entry, reach.entry);
        if (reach.writers === writers) continue;
        if (writers === -1) {
          writers = reach.writers;
          continue;
        }
        union ??= Int32Array.from(masks[writers] ?? []);
        const mask = masks[reach.writers];
        for (let word = 0; word < words; word += 1) union[word] = (union[word] ?? 0) | (mask?.[word] ?? 0);
      }
      return { message, entry, writers: union === null ? Math.max(writers, 0) : numberOf(union) };
    },
    holding(bit) {
      const known = rows.get(bit);
      if (known !== undefined) return known;
      const row = Uint8Array.from(masks, (mask) => ((mask[bit >>> 5] ?? 0) >>> (bit & 31)) & 1);
      rows.set(bit, row);
      return row;
    },
  };
}

/**
 * Which templates a line may be an instance of, as bit masks: one bit for each daemon that a template names, and some
 * for the rest.
 */
export interface ProgramIndex {
  readonly words: number;
  maskOf(template: Pick<Template, "system" | "programs">): Int32Array;
  /** The bit to test for a line. */
  bitOf(writer: Writer): number;
}

/** Who wrote a line, as its envelope says. */
export interface Writer {
  /** False for a bare message: it may be anyone's. */
  readonly tagged: boolean;
  readonly system: LogSystem;
  readonly daemon: string | null;
}

/** A line without a tag: every template is tried. */
const ANYONE = 0;
/** A line of a program that belongs to no system we know: only templates of no system are tried. */
const STRANGER = 1;

export function indexPrograms(templates: readonly Pick<Template, "system" | "programs">[]): ProgramIndex {
  /** `postfix/` stands for the daemons of Postfix that no template names: their lines may be any of Postfix's. */
  const bits = new Map<string, number>();
  const bitFor = (name: string): number => {
    const bit = bits.get(name) ?? bits.size + STRANGER + 1;
    bits.set(name, bit);
    return bit;
  };
  const programsOf = new Map<System, Set<string>>(SYSTEMS.map((system) => [system, new Set<string>()]));
  for (const { system, programs = [] } of templates) {
    for (const known of system === undefined ? SYSTEMS : [system]) {
      bitFor(`${known}/`);
      for (const program of programs) {
        bitFor(`${known}/${program}`);
        programsOf.get(known)?.add(program);
      }
    }
  }
  const words = Math.ceil((bits.size + STRANGER + 1) / 32);
  // Two steps of look-up, so that reading a line builds no string.
  const bySystem = new Map(
    SYSTEMS.map((system) => {
      const rest = bits.get(`${system}/`) ?? STRANGER;
      const daemons = [...(programsOf.get(system) ?? [])].map((daemon): [string, number] => [
        daemon,
        bits.get(`${system}/${daemon}`) ?? rest,
      ]);
      return [system, { rest, daemons: new Map(daemons) }];
    }),
  );
  return {
    words,
    maskOf({ system, programs = [] }) {
      const mask = new Int32Array(words);
      const set = (bit: number): void => {
        mask[bit >>> 5] = (mask[bit >>> 5] ?? 0) | (1 << (bit & 31));
      };
      set(ANYONE);
      if (system === undefined) set(STRANGER);
      for (const known of system === undefined ? SYSTEMS : [system]) {
        set(bitFor(`${known}/`));
        for (const program of programs.length > 0 ? programs : (programsOf.get(known) ?? []))
          set(bitFor(`${known}/${program}`));
      }
      return mask;
    },
    bitOf({ tagged, system, daemon }) {
      if (system === null) return tagged ? STRANGER : ANYONE;
      const known = bySystem.get(system);
      return known?.daemons.get(daemon ?? "") ?? known?.rest ?? STRANGER;
    },
  };
}
