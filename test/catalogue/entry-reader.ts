import type { WholeEntry } from "@postmaster/core/catalogue/entry.ts";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { createLogEngine, type LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { Template } from "@postmaster/core/log/matcher.ts";
import { parseTemplate } from "@postmaster/core/log/template.ts";
import type { TextMatch } from "@postmaster/core/log/text-line.ts";

/** The engine everything in the product uses, built once for all tests of a file. */
export const engine: LogEngine = createCatalogueEngine();

/** Every template of the catalogue under a name of its own: `<entry id>#<index>`; those for what is left over come behind. */
export const templateEngine: LogEngine = createLogEngine(
  entries.flatMap(({ id, programs, match, otherwise }) => [
    ...match.map((text, index) => ({ id: `${id}#${index}`, text, layer: "entry" as const, programs })),
    ...otherwise.map((text, index) => ({
      id: `${id}#${match.length + index}`,
      text,
      layer: "entry" as const,
      programs,
      isLast: true as const,
    })),
  ]),
);

/** The templates of one entry, each under its index, without those for what is left over. */
export function templatesOf({ match, loggedBy, programs }: WholeEntry): Template[] {
  return match.map(
    (text, index): Template => ({ id: String(index), text, layer: "entry", system: loggedBy, programs }),
  );
}

/**
 * The lines an entry must explain: its examples, and of what decides what becomes of a mail the lines in which the same answer or reason only
 * sends Postfix to the next server, or the queue manager to the error service.
 */
export function linesOf({ examples, match }: WholeEntry): readonly string[] {
  const isOfAnswers = match.some((template) => template.startsWith("{queue_id}: host {server:client} "));
  const isOfReasons = match.some((template) => template.includes("(delivery temporarily suspended: "));
  return examples.match.flatMap((line) => {
    const recipient = line.indexOf("to=<");
    const bracket = line.indexOf("(", line.indexOf(" status="));
    const [before, reason] = [line.slice(0, bracket + 1), line.slice(bracket + 1)];
    if (recipient === -1 || bracket === -1 || reason.startsWith("delivery temporarily suspended")) return [line];
    const alone = line.slice(0, recipient) + (reason.endsWith(")") ? reason.slice(0, -1) : reason);
    if (isOfReasons) return [line, alone, `${before}delivery temporarily suspended: ${reason}`];
    return isOfAnswers && reason.startsWith("host ") ? [line, alone] : [line];
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
export function sectionTexts({ sections: { meaning, causes, remedies } }: WholeEntry): readonly string[] {
  return [meaning, causes, remedies];
}
