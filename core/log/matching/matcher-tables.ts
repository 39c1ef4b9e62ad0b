import { compileTemplates } from "./compile.ts";
import { flatten } from "./flatten.ts";
import type { MatcherTables } from "./tables.ts";
import type { Template } from "./template-source.ts";

/**
 * Compile templates for a matcher.
 * @param explained ids of the messages that an entry explains
 * @throws TemplateError for a template that does not follow the notation.
 */
export function matcherTables(templates: readonly Template[], explained: ReadonlySet<string>): MatcherTables {
  return flatten(compileTemplates(templates, explained));
}
