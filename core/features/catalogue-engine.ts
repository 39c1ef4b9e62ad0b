import { entries } from "../catalogue/catalogue.ts";
import { knownMessages } from "../log/known-messages.ts";
import { createLogEngine, type LogEngine } from "../log/log-engine.ts";
import type { Template } from "../log/matcher.ts";
import { messageTemplates } from "../log/message-data.ts";
import { catalogueTables } from "./catalogue-tables.ts";

/** The engine for everything we know: all messages of the reference and all entries of the catalogue. Compiling takes a while: once a process. */
export function createCatalogueEngine(): LogEngine {
  const { templates, explained } = catalogueTemplates();
  return createLogEngine(templates, explained, catalogueTables(templates, new Set(explained.keys())));
}

/** What it is made of: templates, and entry ids by the ids of the messages they explain. */
export function catalogueTemplates(): {
  readonly templates: readonly Template[];
  readonly explained: ReadonlyMap<string, string>;
} {
  const known: Template[] = entries.flatMap(({ id, loggedBy, match, otherwise }) => [
    ...match.map((text): Template => ({ id, text, layer: "entry", system: loggedBy })),
    ...otherwise.map((text): Template => ({ id, text, layer: "entry", system: loggedBy, isLast: true })),
  ]);
  return { templates: [...messageTemplates(knownMessages), ...known], explained: explanations() };
}

/** The entry that explains a message, by the message's id. */
function explanations(): ReadonlyMap<string, string> {
  // Few entries explain a level: only for these is every message looked at.
  const byLevel = entries.flatMap(({ id, level }) =>
    level === null
      ? []
      : knownMessages
          .filter(({ levels }) => levels.every((own) => own === level))
          .map((record) => [record.id, id] as const),
  );
  return new Map([
    ...byLevel,
    ...entries.flatMap(({ id, messages: ids }) => ids.map((message) => [message, id] as const)),
  ]);
}
