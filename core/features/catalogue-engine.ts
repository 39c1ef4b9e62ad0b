import { createCompiledEngine, type LogEngine } from "../log/log-engine.ts";
import { catalogueTables, catalogueTemplates } from "./catalogue-tables.ts";

/** The engine for everything we know: all messages of the reference and all entries of the catalogue. Compiling takes a while: once a process. */
export function createCatalogueEngine(): LogEngine {
  return createCompiledEngine(catalogueTemplates(), catalogueTables);
}
