import compiled from "../generated/catalogue.json" with { type: "json" };
import type { CatalogueEntry } from "./entry.ts";

/**
 * What is said of every entry of the catalogue, ordered by id. Generated from `catalogue/`; never edited. Reading them all takes a while: who wants a few asks `entryById`.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compileEntry checked every field when the file was made, and a test that it is fresh
export const entries: readonly CatalogueEntry[] = compiled as readonly CatalogueEntry[];
