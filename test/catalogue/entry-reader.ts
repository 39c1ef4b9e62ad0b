import { entries } from "@postmaster/core/catalogue/entries.ts";
import type { CatalogueEntry } from "@postmaster/core/catalogue/entry.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { createLogEngine, type LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { Template } from "@postmaster/core/log/matcher.ts";
import { parseTemplate } from "@postmaster/core/log/template.ts";
import type { TextMatch } from "@postmaster/core/log/text-line.ts";

/** The engine everything in the product uses, built once for all tests of a file. */
export const engine: LogEngine = createCatalogueEngine();

/** Every template of the catalogue under a name of its own: `<entry id>#<index>`; those for what is left over come behind. */
export const templateEngine: LogEngine = createLogEngine(
  entries.flatMap(({ id, match, otherwise }) => [
    ...match.map((text, index) => ({ id: `${id}#${index}`, text, layer: "entry" as const })),
    ...otherwise.map((text, index) => ({
      id: `${id}#${match.length + index}`,
      text,
      layer: "entry" as const,
      isLast: true as const,
    })),
  ]),
);

/** The templates of one entry, each under its index, without those for what is left over. */
export function templatesOf({ match, loggedBy }: CatalogueEntry): Template[] {
  return match.map((text, index): Template => ({ id: String(index), text, layer: "entry", system: loggedBy }));
}

/**
 * The lines an entry must explain: its examples, and of an answer that decides what becomes of a mail the line in which the same
 * answer only sends Postfix to the next server.
 */
export function linesOf({ examples, match }: CatalogueEntry): readonly string[] {
  if (!match.some((template) => template.startsWith("{queue_id}: host {server:client} "))) return examples.match;
  return examples.match.flatMap((line) => {
    const recipient = line.indexOf("to=<");
    const answer = line.indexOf("(host ");
    if (recipient === -1 || answer === -1) return [line];
    return [line, line.slice(0, recipient) + line.slice(answer + 1, line.endsWith(")") ? -1 : undefined)];
  });
}

/** How many bytes of a template are its own words. */
export function literalLength(template: string): number {
  return parseTemplate(template).reduce(
    (sum, segment) => sum + (segment.kind === "literal" ? segment.bytes.length : 0),
    0,
  );
}

/** A line's own value of a field as readers are shown it: an empty one counts as missing. */
export function shownValue(match: TextMatch | null, field: string): string | null {
  const value = match?.fields[field]?.value ?? "";
  return value === "" ? null : value;
}

/** The prose of an entry that may hold places. */
export function sectionTexts({ sections: { meaning, causes, remedies } }: CatalogueEntry): readonly string[] {
  return [meaning, causes, remedies];
}
