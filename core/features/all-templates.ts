import { wholeEntries } from "../catalogue/whole-entries.ts";
import { knownMessages } from "../log/known-messages.ts";
import type { Template } from "../log/matcher.ts";
import { messageTemplates } from "../log/message-data.ts";

/** What the engine for everything we know is made of: templates, and entry ids by the ids of the messages they explain. */
export function allTemplates(): {
  readonly templates: readonly Template[];
  readonly explained: ReadonlyMap<string, string>;
} {
  const known: Template[] = wholeEntries.flatMap(({ id, loggedBy, programs, match, otherwise }) => [
    ...match.map((text): Template => ({ id, text, layer: "entry", system: loggedBy, programs })),
    ...otherwise.map((text): Template => ({ id, text, layer: "entry", system: loggedBy, programs, isLast: true })),
  ]);
  return { templates: [...messageTemplates(knownMessages), ...known], explained: explanations() };
}

/** The entry that explains a message, by the message's id. */
function explanations(): ReadonlyMap<string, string> {
  // Few entries explain a level: only for these is every message looked at.
  const byLevel = wholeEntries.flatMap(({ id, level }) =>
    level === null
      ? []
      : knownMessages
          .filter(({ levels }) => levels.every((own) => own === level))
          .map((record) => [record.id, id] as const),
  );
  return new Map([
    ...byLevel,
    ...wholeEntries.flatMap(({ id, messages: ids }) => ids.map((message) => [message, id] as const)),
  ]);
}
