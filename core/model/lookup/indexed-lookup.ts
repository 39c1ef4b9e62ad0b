import { oncePer } from "../../memory/remember.ts";
import type { IndexedEntry, IndexedTable } from "../../syntax/table/parse-indexed-table.ts";
import { trimAscii } from "../../text/ascii.ts";
import { foldKey } from "./fold-key.ts";

/** How the source of an indexed table became its keys. */
export interface IndexedReading {
  /** Keys are folded by Unicode's tables, not only A to Z. */
  readonly unicode: boolean;
  /** Built by postalias(1): `name: value` (aliases(5)). */
  readonly aliases: boolean;
}

const indexes = oncePer((_tree: IndexedTable) => new Map<string, ReadonlyMap<string, IndexedEntry>>());

/** The entry postmap(1) or postalias(1) keeps for a key: the first of several. Entries without a value are none. */
export function indexedEntry(tree: IndexedTable, key: string, reading: IndexedReading): IndexedEntry | null {
  return indexOf(tree, reading).get(foldKey(key, reading.unicode)) ?? null;
}

/** What an entry says, the colon of an alias taken off. */
export function entryValue(entry: IndexedEntry, reading: IndexedReading): string {
  // `name : value`; of `name: :include:/list` the colon belongs to the value.
  const isSeparate = !entry.key.endsWith(":") && entry.value.startsWith(":");
  return reading.aliases && isSeparate ? trimAscii(entry.value.slice(1)) : entry.value;
}

function indexOf(tree: IndexedTable, reading: IndexedReading): ReadonlyMap<string, IndexedEntry> {
  const name = `${String(reading.unicode)} ${String(reading.aliases)}`;
  const known = indexes(tree);
  const earlier = known.get(name);
  if (earlier !== undefined) return earlier;
  const index = new Map<string, IndexedEntry>();
  for (const entry of tree.rules) {
    const key = reading.aliases ? aliasKey(entry) : entry.key;
    if (key === null || key === "" || entry.value === "") continue;
    const folded = foldKey(key, reading.unicode);
    if (!index.has(folded)) index.set(folded, entry);
  }
  known.set(name, index);
  return index;
}

/** `name:` or `name :`, quotes around the name taken off; null for a line that is no alias. */
function aliasKey(entry: IndexedEntry): string | null {
  const name = entry.key.endsWith(":") ? entry.key.slice(0, -1) : entry.value.startsWith(":") ? entry.key : null;
  if (name === null) return null;
  return name.length > 1 && name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1) : name;
}
