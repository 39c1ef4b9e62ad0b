import type { Template } from "../log/matcher.ts";
import { matcherTables } from "../log/matching/matcher-tables.ts";
import type { MatcherTables } from "../log/matching/tables.ts";

/**
 * The compiled templates of everything we know. Compiling takes a while: a build puts another module in this one's place, which reads them from a file that was
 * written when it was built (scripts/lib/compiled-templates.ts).
 */
export function catalogueTables(templates: readonly Template[], explained: ReadonlySet<string>): MatcherTables {
  return matcherTables(templates, explained);
}
