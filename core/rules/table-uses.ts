import type { SourceFile } from "../io/file-port.ts";
import { expandIn } from "../model/effective.ts";
import type { LoadedTable, MailServer } from "../model/mail-server.ts";
import { isRestrictionList } from "../model/restrictions.ts";
import { specOf } from "../model/table-specs.ts";
import type { PostfixVersion } from "../reference/postfix-version.ts";
import { joinedText } from "../syntax/lines/joined-text.ts";
import { splitList } from "../syntax/value/list.ts";
import { parseTableReference, type TableReference } from "../syntax/value/table-reference.ts";
import type { Span } from "../text/span.ts";
import { type Assignment, assignments } from "./assignments.ts";
import { knownParameter } from "./known-parameter.ts";
import { oncePerRelease } from "./remember.ts";
import { smtpdLists } from "./smtpd-lists.ts";

/** A word that Postfix opens as a lookup table. */
export interface TableUse {
  readonly file: SourceFile;
  readonly span: Span;
  /** Expanded. */
  readonly text: string;
  /** Null if it is no `type:name`. */
  readonly table: TableReference | null;
}

/** Parameters whose words are all tables. */
const ONLY_TABLES: ReadonlySet<string> = new Set(["maps", "maps_header_checks", "table"]);
/** Parameters in which a word with a colon is a table. */
const ALSO_TABLES: ReadonlySet<string> = new Set(["domain_list", "address_match_list"]);

/** `$name`, `${name}` and nothing else. */
const ONE_NAME = /^\$(?:\w+|\{\w+\}|\(\w+\))$/;

/** The tables that the values written in main.cf and master.cf name, each at the word that names it. */
export const tableUses = oncePerRelease((server: MailServer, version): readonly TableUse[] => [
  ...assignments(server).flatMap((one) => usesIn(server, one, version)),
  ...restrictionUses(server),
]);

/** A table that was loaded, at a word that names it. */
export interface LoadedUse {
  readonly file: SourceFile;
  readonly span: Span;
  readonly loaded: LoadedTable;
}

/** The uses of tables that are there to be looked at, readable or not. */
export function loadedUses(server: MailServer, version: PostfixVersion): readonly LoadedUse[] {
  return tableUses(server, version).flatMap(({ file, span, table }) => {
    const loaded = table === null ? undefined : server.tables.get(specOf(table));
    return loaded === undefined ? [] : [{ file, span, loaded }];
  });
}

function usesIn(server: MailServer, assignment: Assignment, version: PostfixVersion): readonly TableUse[] {
  const { name, service, file, valueText } = assignment;
  if (isRestrictionList(name)) return [];
  const kind = knownParameter(server, name, version)?.kind ?? "";
  const isOnly = ONLY_TABLES.has(kind);
  if (!isOnly && !ALSO_TABLES.has(kind)) return [];
  return splitList(valueText).elements.flatMap(({ text, content, span }) => {
    // What a name of its own stands for is looked at where it is written.
    const expanded = ONE_NAME.test(text) ? null : expandIn(server, service, isOnly ? text : content);
    if (expanded === null || expanded === "") return [];
    if (text.startsWith("$") && splitList(joinedText(expanded)).elements.length !== 1) return [];
    const table = parseTableReference(expanded);
    return table === null && !isOnly ? [] : [{ file, span, text: expanded, table }];
  });
}

function restrictionUses(server: MailServer): readonly TableUse[] {
  return smtpdLists(server).flatMap(({ steps }) =>
    steps.flatMap(({ table, words, word, argument }) => {
      const place = table === null ? null : (words.at(-1) ?? word);
      if (place === null || place.owner === null || place.span === null || argument === null) return [];
      const text = argument.startsWith("{")
        ? (splitList(joinedText(splitList(joinedText(argument)).elements[0]?.content ?? "")).elements[0]?.text ?? "")
        : argument;
      return [{ file: place.owner.file, span: place.span, text, table: parseTableReference(text) }];
    }),
  );
}
