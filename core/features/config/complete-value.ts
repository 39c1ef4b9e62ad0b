import type { FilePort } from "../../io/file-port.ts";
import { restrictionClasses } from "../../model/restrictions.ts";
import { allParameters, type Parameter, parameterByName } from "../../reference/parameter.ts";
import { isKnownIn } from "../../reference/parameter-default.ts";
import { restrictionSuggestions } from "./complete-restrictions.ts";
import { pathSuggestions, tablePathTyped, tableSuggestions } from "./complete-tables.ts";
import type { ConfigContext } from "./context.ts";
import { type Suggestion, type Suggestions, suggestion } from "./suggestion.ts";
import { referenceTyped, type ValuePlace } from "./value-place.ts";
import { type ValueUse, valueUse } from "./value-use.ts";

/** What may be written at a place in a value. */
export async function valueSuggestions(
  context: ConfigContext,
  place: ValuePlace,
  port: Pick<FilePort, "list">,
): Promise<Suggestions> {
  const reference = referenceTyped(context.document.file.text, place.offset);
  if (reference !== null) return { span: reference.span, all: referenceSuggestions(context) };
  const path = tablePathTyped(place.typed);
  if (path !== null) return pathSuggestions(context, place, path, port);
  const use = valueUse(context.server, place.parameter);
  if (use === "path") return pathSuggestions(context, place, place.typed, port);
  return { span: place.word, all: wordSuggestions(context, place, use) };
}

function wordSuggestions(context: ConfigContext, place: ValuePlace, use: ValueUse): readonly Suggestion[] {
  const parameter = parameterByName(place.parameter);
  switch (use) {
    case "restrictions":
      return restrictionSuggestions(context, place);
    case "classes":
      return ownParameters(context).map((name) => suggestion({ label: name, kind: "own" }));
    case "tables":
      return [...tableSuggestions(context, place), ...wordsOf(parameter, place)];
    case "transport":
      return transportSuggestions(context);
    case "service":
      return serviceNames(context).map((name) => suggestion({ label: name, kind: "service" }));
    default:
      return wordsOf(parameter, place);
  }
}

/** Names behind a `$`: the owner's own first, then what Postfix has. */
function referenceSuggestions(context: ConfigContext): readonly Suggestion[] {
  const own = ownParameters(context).map((name) => suggestion({ label: name, kind: "own", rank: 1 }));
  const used = new Set(context.server.main.tree.definitions.map(({ name }) => name));
  const known = allParameters()
    .filter((parameter) => isKnownIn(parameter, context.version))
    .map((parameter) => parameterSuggestion(parameter, used.has(parameter.name) ? 2 : 4));
  return [...own, ...known];
}

export function parameterSuggestion(parameter: Parameter, rank: number): Suggestion {
  const isDeprecated = parameter.deprecated !== null;
  return suggestion({
    label: parameter.name,
    kind: "parameter",
    detail: parameter.default === null ? "" : `default: ${parameter.default === "" ? "empty" : parameter.default}`,
    rank: rank + (isDeprecated ? 3 : 0),
    isDeprecated,
    topic: { kind: "parameter", name: parameter.name },
  });
}

/** Parameters that the configuration defines and Postfix does not have. */
export function ownParameters({ server }: ConfigContext): readonly string[] {
  const names = new Set(server.main.tree.definitions.map(({ name }) => name));
  return [...names].filter((name) => parameterByName(name) === null);
}

/** `name:` of the services that deliver, as a transport is written. */
export function transportSuggestions(context: ConfigContext): readonly Suggestion[] {
  const delivering = new Set(["smtp", "lmtp", "local", "virtual", "pipe", "error", "discard"]);
  const services = context.server.master?.tree.services ?? [];
  const names = services.filter(({ type, command }) => type !== "inet" && delivering.has(command));
  return unique(names.map(({ name, command }) => [name, command])).map(([name, command]) =>
    suggestion({ label: name, kind: "service", detail: `runs ${command}`, text: `${name}:` }),
  );
}

function serviceNames({ server }: ConfigContext): readonly string[] {
  const services = server.master?.tree.services ?? [];
  return [...new Set(services.filter(({ type }) => type !== "inet").map(({ name }) => name))];
}

function unique(pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return [...new Map(pairs.map((pair) => [pair[0], pair])).values()];
}

/** The words a parameter takes: yes and no, its own list, and its default where that is one word. */
function wordsOf(parameter: Parameter | null, place: ValuePlace): readonly Suggestion[] {
  if (parameter === null) return [];
  const isBoolean = parameter.type === "bool" || parameter.type === "nbool";
  const words = isBoolean ? ["yes", "no"] : parameter.values;
  const isFirst = place.before.trim() === place.typed;
  if (words.length > 0 && !isFirst && !parameter.valuesMulti) return [];
  const present = new Set(place.before.split(/[\s,]+/).slice(0, -1));
  const found = words.map((word) =>
    suggestion({
      label: word,
      kind: "word",
      detail: word === parameter.default ? "default" : "",
      rank: present.has(word) ? 6 : 3,
    }),
  );
  return found.length > 0 || !isFirst ? found : typicalValues(parameter, place);
}

/** For times and numbers: the default, and for times the units. */
function typicalValues(parameter: Parameter, place: ValuePlace): readonly Suggestion[] {
  const found: Suggestion[] = [];
  const { default: standard, type } = parameter;
  if (standard !== null && standard !== "" && !/\s/.test(standard)) {
    found.push(suggestion({ label: standard, kind: "word", detail: "default", rank: 2 }));
  }
  let digits = 0;
  while (place.typed.charAt(digits) >= "0" && place.typed.charAt(digits) <= "9") digits += 1;
  if (type === "time" && digits > 0 && digits === place.typed.length) {
    for (const [unit, meaning] of UNITS) {
      found.push(suggestion({ label: `${place.typed}${unit}`, kind: "word", detail: meaning, rank: 3 }));
    }
  }
  return found;
}

const UNITS = [
  ["s", "seconds"],
  ["m", "minutes"],
  ["h", "hours"],
  ["d", "days"],
  ["w", "weeks"],
] as const;

/** Restriction classes, for where a list of restrictions stands in a table. */
export function classSuggestions({ server }: ConfigContext): readonly Suggestion[] {
  return [...restrictionClasses(server, null)].map((name) =>
    suggestion({ label: name, kind: "class", detail: "restriction class", rank: 3 }),
  );
}
