import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { effectiveValue } from "../effective.ts";
import { type LookupContext, lookUp, tableReferenceOf, takesPartialKeys } from "./look-up.ts";
import { type LookupResult, NOT_FOUND } from "./lookup-result.ts";

export interface MapsQuery {
  readonly key: string;
  /** A key that tables of patterns or networks are not asked for. */
  readonly partial: boolean;
  /**
   * Only whether there is an entry matters, not which: then a table that nobody can see into does not hide an entry of a later one. What
   * is found may not be what Postfix finds.
   */
  readonly existence?: boolean;
}

/** The tables a parameter names, as `lookUp` takes them. */
export function mapsOf(context: LookupContext, parameter: string): readonly string[] {
  const value = effectiveValue(context.server, parameter, context.service).expanded ?? "";
  return splitList(joinedText(value)).elements.map((element) => element.text);
}

/** One key in several tables: the first that has it wins, the first that fails ends the search (maps_find() of Postfix). */
export async function findInMaps(
  context: LookupContext,
  tables: readonly string[],
  query: MapsQuery,
): Promise<LookupResult> {
  let undecided: LookupResult | null = null;
  for (const table of tables) {
    const reference = tableReferenceOf(table);
    if (query.partial && reference !== null && !takesPartialKeys(reference)) continue;
    const result = await lookUp(context, table, query.key);
    if (result.kind === "not-found") continue;
    if (result.kind !== "unknown" || query.existence !== true)
      return undecided === null || result.kind === "found" ? result : undecided;
    undecided ??= result;
  }
  return undecided ?? NOT_FOUND;
}
