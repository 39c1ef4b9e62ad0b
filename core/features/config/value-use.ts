import { oncePer } from "../../memory/remember.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { restrictionClasses } from "../../model/restrictions.ts";
import { parameterByName } from "../../reference/parameter.ts";
import { restrictionListOf, restrictionLists } from "../../reference/restriction.ts";
import { macroReferences, parseMacros } from "../../syntax/value/macro.ts";
import { writtenValues } from "./written-values.ts";

const ALL_LISTS: readonly string[] = restrictionLists.map(({ parameter }) => parameter);

/**
 * The restriction lists that a parameter's value becomes a part of: itself, for a restriction class all of them, for a parameter of the
 * owner's own those that refer to it. Empty: it holds no restrictions.
 */
export function listsOf(server: MailServer, parameter: string): readonly string[] {
  if (restrictionListOf(parameter) !== null) return [parameter];
  if (parameterByName(parameter) !== null) return [];
  if (restrictionClasses(server, null).has(parameter)) return ALL_LISTS;
  return [...(referredTo(server).get(parameter) ?? [])];
}

/** Names that restriction lists refer to, with those lists. Found once a server. */
const referredTo = oncePer((server: MailServer): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { parameter: list, value } of writtenValues(server)) {
    if (!value.text.includes("$") || restrictionListOf(list) === null) continue;
    for (const { name } of macroReferences(parseMacros(value).nodes)) {
      found.set(name, (found.get(name) ?? new Set<string>()).add(list));
    }
  }
  return found;
});

/** What a value is made of, as far as it decides what may be written there. */
export type ValueUse = "restrictions" | "classes" | "tables" | "transport" | "service" | "path" | "words" | "other";

export function valueUse(server: MailServer, parameter: string): ValueUse {
  const known = parameterByName(parameter);
  if (known === null) return listsOf(server, parameter).length > 0 ? "restrictions" : "other";
  if (known.acceptsRestrictionList) return "restrictions";
  switch (known.kind) {
    case "restriction_class_names":
      return "classes";
    case "transport_nexthop":
    case "transport_name_list":
      return "transport";
    case "service_name":
      return "service";
    case "path":
    case "path_list":
      return "path";
    default:
      if (known.acceptsTables) return "tables";
      return known.values.length > 0 || known.type === "bool" || known.type === "nbool" ? "words" : "other";
  }
}

export function usesRestrictions(server: MailServer, parameter: string): boolean {
  return valueUse(server, parameter) === "restrictions";
}
