import { lately } from "../memory/remember.ts";
import { joinedText } from "../syntax/lines/joined-text.ts";
import { splitList } from "../syntax/value/list.ts";
import { parseTableReference, type TableReference } from "../syntax/value/table-reference.ts";

const FILE_OR_INLINE = new Set([
  "hash",
  "lmdb",
  "cdb",
  "btree",
  "dbm",
  "sdbm",
  "texthash",
  "pcre",
  "regexp",
  "cidr",
  "mysql",
  "pgsql",
  "ldap",
  "sqlite",
  "mongodb",
  "memcache",
  "inline",
  "static",
  "unionmap",
  "pipemap",
]);

/** The tables an expanded value names, members of `unionmap:` and `pipemap:` included. */
export const tablesIn = lately((value): readonly TableReference[] => {
  const found: TableReference[] = [];
  for (const element of splitList(joinedText(value)).elements) {
    // `{ type:table, search_order = … }`: Postfix 3.5's longer form of one table.
    const text = element.braced ? (splitList(joinedText(element.content)).elements[0]?.content ?? "") : element.content;
    const reference = parseTableReference(text);
    if (reference !== null) collect(reference, found);
  }
  return found;
});

export function specOf(reference: TableReference): string {
  return `${reference.type}:${reference.name}`;
}

function collect(reference: TableReference, into: TableReference[]): void {
  if (FILE_OR_INLINE.has(reference.type.toLowerCase())) into.push(reference);
  for (const member of reference.members) collect(member, into);
}
