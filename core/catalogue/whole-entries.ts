import compiled from "../generated/catalogue.json" with { type: "json" };
import type { WholeEntry } from "./entry.ts";

/** Every entry of the catalogue as its file has it, ordered by id, for what is made of them and for tests: a build refuses this module (scripts/lib/ready-data.ts). */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compileEntry checked every field when the file was made, and a test that it is fresh
export const wholeEntries: readonly WholeEntry[] = compiled as readonly WholeEntry[];
