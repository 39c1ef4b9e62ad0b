import { matcherTables } from "../log/matching/matcher-tables.ts";
import type { MatcherTables } from "../log/matching/tables.ts";
import { type KnownTemplates, listTemplates } from "../log/template-list.ts";
import { allTemplates } from "./all-templates.ts";

// Compiling takes a while: a build puts another module in this one's place, which reads both from files that were written when it was built
// (scripts/lib/ready-data.ts).

/** The templates of everything we know. */
export function catalogueTemplates(): KnownTemplates {
  const { templates, explained } = allTemplates();
  return listTemplates(templates, explained);
}

/** The same compiled. */
export function catalogueTables(): MatcherTables {
  const { templates, explained } = allTemplates();
  return matcherTables(templates, new Set(explained.keys()));
}
