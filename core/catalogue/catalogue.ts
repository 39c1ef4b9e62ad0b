import compiled from "../generated/catalogue.json" with { type: "json" };
import type { CatalogueEntry } from "./entry.ts";

/** Every entry of the catalogue, ordered by id. Generated from `catalogue/`; never edited. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compileEntry checked every field when the file was made, and a test that it is fresh
export const entries: readonly CatalogueEntry[] = compiled as readonly CatalogueEntry[];

const byId = new Map(entries.map((entry) => [entry.id, entry]));

export function entryById(id: string): CatalogueEntry | null {
  return byId.get(id) ?? null;
}
