import facts from "../generated/restrictions.json" with { type: "json" };
import { type FactRow, factNumber, factRows, factSince, factText, factTexts } from "./fact-row.ts";
import { manualPageUrl } from "./manual-url.ts";

/** A kind of lookup table: the part before the colon in `hash:/etc/postfix/virtual`. */
export interface TableType {
  readonly type: string;
  /** What the part behind the colon is, in words, such as `indexed file` or `client config file`. */
  readonly nameIs: string;
  /** Whether `postmap` makes an index that Postfix reads instead of the text. */
  readonly isIndexed: boolean;
  /** Ending of the index file, such as `.db`; two, blank between, for the dbm family. */
  readonly indexSuffix: string | null;
  /** It exists only in builds with this option; null: in all of them. */
  readonly buildOption: string | null;
  readonly since: string | null;
  /** Markdown. */
  readonly description: string;
  readonly manualUrl: string;
}

/** A line of a database client file, such as `hosts` in a `mysql:` table. */
export interface TableConfigKey {
  /** The table type it belongs to, such as `mysql`. */
  readonly table: string;
  readonly name: string;
  readonly type: string;
  /** As text; null where it must be set or has none. */
  readonly default: string | null;
  readonly values: readonly string[];
  readonly since: string | null;
  /** Markdown. */
  readonly description: string;
  readonly manualUrl: string;
}

/** Ordered by type. */
export const tableTypes: readonly TableType[] = factRows(facts.tableTypes).map(toTableType);

export const tableConfigKeys: readonly TableConfigKey[] = factRows(facts.tableConfigKeys).map(toConfigKey);

export function tableTypeByName(type: string): TableType | null {
  return tableTypes.find((row) => row.type === type) ?? null;
}

/** A key of a client file, given the type that names the file (`mysql`, `proxy:` taken off). */
export function tableConfigKey(table: string, name: string): TableConfigKey | null {
  return tableConfigKeys.find((row) => row.table === table && row.name === name) ?? null;
}

function toTableType(row: FactRow): TableType {
  const page = factText(row, "man");
  return {
    type: factText(row, "type") ?? "",
    nameIs: factText(row, "name_is") ?? "",
    isIndexed: factText(row, "built_with") !== null,
    indexSuffix: factText(row, "index_suffix"),
    buildOption: factText(row, "build_option"),
    since: factSince(row),
    description: factText(row, "description") ?? "",
    manualUrl: manualPageUrl(page === null ? "DATABASE_README" : `${page}.5`),
  };
}

function toConfigKey(row: FactRow): TableConfigKey {
  const page = factText(row, "table") ?? "";
  const number = factNumber(row, "default");
  return {
    table: page.endsWith("_table") ? page.slice(0, -"_table".length) : page,
    name: factText(row, "name") ?? "",
    type: factText(row, "type") ?? "string",
    default: number === null ? factText(row, "default") : String(number),
    values: factTexts(row, "values"),
    since: factSince(row),
    description: factText(row, "description") ?? "",
    manualUrl: manualPageUrl(`${page}.5`),
  };
}
