import type { SourceFile } from "../../io/file-port.ts";
import { oncePer } from "../../memory/remember.ts";
import { effectiveValue, expandIn, ownText } from "../../model/effective.ts";
import type { MailServer, TableContent } from "../../model/mail-server.ts";
import { specOf, tablesIn } from "../../model/table-specs.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import type { IndexedTable } from "../../syntax/table/parse-indexed-table.ts";
import { splitList } from "../../syntax/value/list.ts";
import type { Span } from "../../text/span.ts";

/** A domain that a list names, and where. */
export interface ListedDomain {
  /** In lower case, as Postfix compares it. */
  readonly domain: string;
  /** The element of the list that brings it in; null if the list is Postfix's default. */
  readonly place: { readonly file: SourceFile; readonly span: Span } | null;
  /** `type:name` of the table it stands in; null if it stands in the list itself. */
  readonly table: string | null;
}

/**
 * The domains that a list of main.cf certainly holds: written out, through `$name`, or as keys of tables that are text at hand. Files, patterns
 * and databases are left out, and everything from the first `!` on: what follows it may be excluded.
 */
export function listedDomains(server: MailServer, parameter: string): ReadonlyMap<string, ListedDomain> {
  const found = new Map<string, ListedDomain>();
  const { owner, raw } = effectiveValue(server, parameter);
  if (raw === null) return found;
  const list = splitList(owner === null ? joinedText(raw) : ownText(owner));
  for (const element of list.elements) {
    if (element.negated) break;
    const place = owner === null ? null : { file: owner.file, span: element.span };
    const expanded = expandIn(server, null, element.text) ?? "";
    if (expanded.includes("!")) break;
    for (const { domain, table } of domainsOf(server, expanded)) {
      if (!found.has(domain)) found.set(domain, { domain, place, table });
    }
  }
  return found;
}

function* domainsOf(
  server: MailServer,
  text: string,
): Generator<{ readonly domain: string; readonly table: string | null }> {
  for (const { content, braced } of splitList(joinedText(text)).elements) {
    if (!braced && isDomain(content)) yield { domain: content.toLowerCase(), table: null };
  }
  for (const reference of tablesIn(text)) {
    const spec = specOf(reference);
    const table = server.tables.get(spec);
    if (table === undefined) continue;
    for (const domain of domainKeysOf(table.content)) yield { domain, table: spec };
  }
}

function domainKeysOf(content: TableContent): readonly string[] {
  if (content.kind === "indexed") return domainsOfTable(content.tree);
  return content.kind === "inline" ? domainsAmong(content.entries) : [];
}

/** A table of a million addresses is looked through once. */
const domainsOfTable = oncePer((tree: IndexedTable) => domainsAmong(tree.rules));

/** In lower case. */
function domainsAmong(entries: readonly { readonly key: string }[]): readonly string[] {
  return entries.flatMap(({ key }) => (!key.includes("@") && isDomain(key) ? [key.toLowerCase()] : []));
}

/** Letters, digits, hyphens and dots, a dot among them: neither a table, a file, an address nor a pattern of a parent domain. */
function isDomain(text: string): boolean {
  if (text.startsWith(".") || text.endsWith(".") || !text.includes(".") || text.length > 253) return false;
  for (const c of text.toLowerCase()) {
    if (!((c >= "a" && c <= "z") || (c >= "0" && c <= "9") || c === "-" || c === "." || c === "_" || c > "\u{7f}"))
      return false;
  }
  return true;
}
