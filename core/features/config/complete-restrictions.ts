import { restrictionClasses } from "../../model/restrictions.ts";
import { hasSince } from "../../reference/postfix-version.ts";
import { type Restriction, restrictionByName, restrictions } from "../../reference/restriction.ts";
import { restrictionArgument } from "../../syntax/value/restriction-list.ts";
import { tablePlaceholder, tableSuggestions } from "./complete-tables.ts";
import type { ConfigContext } from "./context.ts";
import { type Suggestion, suggestion } from "./suggestion.ts";
import { type ValuePlace, wordsBefore } from "./value-place.ts";
import { listsOf } from "./value-use.ts";
import { writtenValues } from "./written-values.ts";

/** What may stand next in a list of restrictions: an argument that is still missing, else a restriction that can decide something there. */
export function restrictionSuggestions(context: ConfigContext, place: ValuePlace): readonly Suggestion[] {
  const words = wordsBefore(place.before);
  const last = words.at(-1);
  const awaited = last === undefined ? undefined : restrictionArgument(last);
  switch (awaited) {
    case "table":
      return tableSuggestions(context, place);
    case "domain":
      return argumentsInUse(context, place, (name) => restrictionArgument(name) === "domain");
    case "policy-server":
      return [...argumentsInUse(context, place, (name) => name === "check_policy_service"), ...policySockets(context)];
    case "number":
      return [suggestion({ label: "1", kind: "word", detail: "seconds" })];
    default:
      return namesFor(context, place, words);
  }
}

function namesFor(context: ConfigContext, place: ValuePlace, words: readonly string[]): readonly Suggestion[] {
  const { server, version } = context;
  const lists = listsOf(server, place.parameter);
  const present = new Set(words.map((word) => word.toLowerCase()));
  const found: Suggestion[] = [];
  for (const restriction of restrictions) {
    if (restriction.kind === "removed" || (version !== null && !hasSince(version, restriction.since))) continue;
    if (!restriction.generic && !restriction.effectiveIn.some((list) => lists.includes(list))) continue;
    found.push(restrictionSuggestion(context, place, restriction, lists, present.has(restriction.name)));
  }
  for (const name of restrictionClasses(server, null)) {
    if (name === place.parameter) continue;
    found.push(suggestion({ label: name, kind: "class", detail: "restriction class", rank: 3 }));
  }
  return found;
}

function restrictionSuggestion(
  { server }: ConfigContext,
  place: ValuePlace,
  restriction: Restriction,
  lists: readonly string[],
  isPresent: boolean,
): Suggestion {
  const { name, argument } = restriction;
  const gap = place.takesBlanks ? " " : ",";
  const filled = argument === null ? null : argumentSnippet(server, name);
  // What asks for what the list's own stage brings comes first: HELO checks in the HELO list.
  const fits = lists.some((list) => list.includes(`_${restriction.needs}_`));
  return suggestion({
    label: name,
    kind: "restriction",
    detail: argument ?? "",
    text: filled === null ? name : `${name}${gap}`,
    snippet: filled === null ? null : `${name}${gap}${filled}`,
    rank: (isPresent ? 6 : rankOf(restriction, fits)) + (restriction.deprecated === null ? 0 : 3),
    isDeprecated: restriction.deprecated !== null,
    topic: { kind: "restriction", name },
  });
}

/** What many write comes before what few do, and what fits the list before the rest. */
function rankOf({ usual }: Restriction, fits: boolean): number {
  if (usual) return fits ? 1 : 2;
  return fits ? 3 : 4;
}

function argumentSnippet(server: ConfigContext["server"], name: string): string {
  switch (restrictionArgument(name)) {
    case "table":
      return tablePlaceholder(server, 1, name.replace(/^check_/, ""));
    case "domain":
      return "${1:zen.spamhaus.org}";
    case "policy-server":
      return "${1:unix:private/policy}";
    default:
      return "${1:1}";
  }
}

/** Arguments that the configuration gives to such restrictions elsewhere. */
function argumentsInUse(
  { server }: ConfigContext,
  place: ValuePlace,
  isAlike: (name: string) => boolean,
): readonly Suggestion[] {
  const found = new Set<string>();
  for (const { value } of writtenValues(server)) {
    if (!value.text.includes("_")) continue;
    const words = value.text.split(/[\s,]+/);
    for (const [index, word] of words.entries()) {
      const next = words[index + 1];
      if (next !== undefined && restrictionByName(word) !== null && isAlike(word.toLowerCase())) found.add(next);
    }
  }
  found.delete(place.typed);
  return [...found].map((label) => suggestion({ label, kind: "word", detail: "in use here", rank: 2 }));
}

/** `unix:private/NAME` of the services that run a command for policy questions. */
function policySockets({ server }: ConfigContext): readonly Suggestion[] {
  const services =
    server.master?.tree.services.filter(({ command, type }) => command === "spawn" && type === "unix") ?? [];
  const sockets = services.map(({ name, fields }) => `unix:${fields[2]?.text === "n" ? "public" : "private"}/${name}`);
  return [...new Set(sockets)].map((label) =>
    suggestion({ label, kind: "service", detail: "service of master.cf", rank: 1 }),
  );
}
