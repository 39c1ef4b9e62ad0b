import { SYSTEMS, type System } from "../systems.ts";
import type { Template } from "./template-source.ts";
import { ANYONE, STRANGER, type SystemBits } from "./writers.ts";

/** The different sets of writers, numbered: there are few, so that one look-up a line tells which of them a line belongs to. */
export interface WriterSets {
  numberOf(mask: Int32Array): number;
  /** The masks of all sets so far, by their numbers. */
  all(): readonly Int32Array[];
}

export function createWriterSets(): WriterSets {
  const masks: Int32Array[] = [];
  const numbers = new Map<string, number>();

  return {
    numberOf(mask) {
      const key = mask.join();
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, masks.length);
      masks.push(mask);
      return masks.length - 1;
    },
    all: () => masks,
  };
}

/**
 * Which templates a line may be an instance of, as bit masks: one bit for each daemon that a template names, and some
 * for the rest.
 */
export interface ProgramIndex {
  readonly words: number;
  maskOf(template: Pick<Template, "system" | "programs">): Int32Array;
  /** The bit to test for a line, by its writer. */
  readonly systems: readonly SystemBits[];
}

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
  const systems = SYSTEMS.map((system): SystemBits => {
    const rest = bits.get(`${system}/`) ?? STRANGER;
    const daemons = [...(programsOf.get(system) ?? [])].map((daemon): [string, number] => [
      daemon,
      bits.get(`${system}/${daemon}`) ?? rest,
    ]);
    return { system, rest, daemons };
  });
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
    systems,
  };
}
