import { joinedText } from "../../syntax/lines/joined-text.ts";
import { type CidrTable, parseCidrTable } from "../../syntax/table/parse-cidr-table.ts";
import { type PatternTable, parsePatternTable } from "../../syntax/table/parse-pattern-table.ts";
import { splitList } from "../../syntax/value/list.ts";
import type { TableReference } from "../../syntax/value/table-reference.ts";

export type RulesInBraces =
  | { readonly kind: "pattern"; readonly tree: PatternTable }
  | { readonly kind: "cidr"; readonly tree: CidrTable };

/** The rules of `pcre:{{/pattern/ action}, …}`, `regexp:{…}` and `cidr:{…}` (since Postfix 3.7); null for a table that is a file. */
export function rulesInBraces(reference: TableReference): RulesInBraces | null {
  const { type, name } = reference;
  if (!name.startsWith("{") || (type !== "pcre" && type !== "regexp" && type !== "cidr")) return null;
  const text = splitList(joinedText(name)).elements.map((element) => `${element.content}\n`);
  const table = text.join("");
  if (type === "cidr") return { kind: "cidr", tree: parseCidrTable(table) };
  return { kind: "pattern", tree: parsePatternTable(table, type) };
}
