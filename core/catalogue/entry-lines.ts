import { decodeUtf8 } from "../log/utf8.ts";
import type { CatalogueEntry } from "./entry.ts";

const LF = 10;
const COMMA = 44;
const QUOTE = 34;
/** What each line of an entry begins with; its id has no escapes. */
const BEFORE_ID = '{"id":"';

/** The catalogue as JSON of which each entry is a line of its own, beginning with its id: for `readEntries`. */
export function writeEntries(entries: readonly CatalogueEntry[]): string {
  return `[\n${entries.map(({ id, ...rest }) => JSON.stringify({ id, ...rest })).join(",\n")}\n]\n`;
}

/** The entries by id, each read when it is first asked for; null for none. @param read gives what `writeEntries` wrote, asked when an entry is first wanted */
export function readEntries(read: () => Uint8Array): (id: string) => CatalogueEntry | null {
  const known = new Map<string, CatalogueEntry>();
  let bytes: Uint8Array = new Uint8Array(0);
  let places: ReadonlyMap<string, readonly [start: number, end: number]> | null = null;
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    if (places === null) {
      bytes = read();
      places = findEntries(bytes);
    }
    const place = places.get(id);
    if (place === undefined) return null;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeEntries, in the same build
    const entry = JSON.parse(decodeUtf8(bytes, ...place)) as CatalogueEntry;
    known.set(id, entry);
    return entry;
  };
}

function findEntries(bytes: Uint8Array): ReadonlyMap<string, readonly [start: number, end: number]> {
  const places = new Map<string, readonly [start: number, end: number]>();
  let start = bytes.indexOf(LF) + 1;
  for (let end = bytes.indexOf(LF, start); end !== -1; end = bytes.indexOf(LF, start)) {
    const idStart = start + BEFORE_ID.length;
    const idEnd = bytes.indexOf(QUOTE, idStart);
    if (idEnd !== -1 && idEnd < end) {
      places.set(decodeUtf8(bytes, idStart, idEnd), [start, bytes[end - 1] === COMMA ? end - 1 : end]);
    }
    start = end + 1;
  }
  return places;
}
