import { entries } from "../catalogue/catalogue.ts";
import { knownMessages } from "../log/known-messages.ts";
import { createLogEngine, type LogEngine } from "../log/log-engine.ts";
import type { Template } from "../log/matcher.ts";
import { messageTemplates } from "../log/message-data.ts";

/** The engine for everything we know: all messages of the reference and all entries of the catalogue. Compiling takes a while: once a process. */
export function createCatalogueEngine(): LogEngine {
  const known: Template[] = entries.flatMap(({ id, loggedBy, match, otherwise }) => [
    ...match.map((text): Template => ({ id, text, layer: "entry", system: loggedBy })),
    ...otherwise.map((text): Template => ({ id, text, layer: "entry", system: loggedBy, isLast: true })),
  ]);
  return createLogEngine([...messageTemplates(knownMessages), ...known], explanations());
}

/** The entry that explains a message, by the message's id. */
function explanations(): ReadonlyMap<string, string> {
  const byLevel = entries.flatMap((entry) =>
    knownMessages
      .filter(({ levels }) => entry.level !== null && levels.every((level) => level === entry.level))
      .map((record) => [record.id, entry.id] as const),
  );
  return new Map([
    ...byLevel,
    ...entries.flatMap(({ id, messages: ids }) => ids.map((message) => [message, id] as const)),
  ]);
}
