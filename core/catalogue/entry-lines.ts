import { decodeUtf8, encodeUtf8 } from "../log/utf8.ts";
import type { CatalogueEntry, WholeEntry } from "./entry.ts";

const LF = 10;
/** Ends a head, so that it can be read by itself. */
const FOOT = "]}";

/** The first line of what `writeEntries` writes. */
interface Head {
  /** By id, where the entry's JSON begins and ends: bytes behind the first line. */
  readonly places: Readonly<Record<string, readonly [start: number, end: number]>>;
}

const COMPILED: ReadonlySet<string> = new Set<Exclude<keyof WholeEntry, keyof CatalogueEntry>>([
  "match",
  "otherwise",
  "programs",
  "messages",
  "level",
  "examples",
]);

/** Without what the lines of an entry are recognised by. */
function told(entry: CatalogueEntry): object {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !COMPILED.has(key)));
}

/**
 * What the catalogue says as JSON, for `readEntries`: its first line tells where each entry stands, each of which is a line of its own. To look for the lines took longer than
 * to read those that a log wants.
 */
export function writeEntries(entries: readonly CatalogueEntry[]): string {
  const lines = entries.map((entry) => JSON.stringify(told(entry)));
  let end = -",\n".length;
  const places = lines.map((line) => {
    const start = end + ",\n".length;
    end = start + encodeUtf8(line).length;
    return [start, end] as const;
  });
  const head: Head = { places: Object.fromEntries(entries.map(({ id }, index) => [id, places[index] ?? [0, 0]])) };
  return `{"places":${JSON.stringify(head.places)},"entries":[\n${lines.join(",\n")}\n${FOOT}\n`;
}

/** The entries by id, each read when it is first asked for; null for none. @param read gives what `writeEntries` wrote, asked when an entry is first wanted */
export function readEntries(read: () => Uint8Array): (id: string) => CatalogueEntry | null {
  const known = new Map<string, CatalogueEntry>();
  let bytes: Uint8Array = new Uint8Array(0);
  let behind = 0;
  let places: ReadonlyMap<string, readonly [start: number, end: number]> | null = null;
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    if (places === null) {
      bytes = read();
      behind = bytes.indexOf(LF) + 1;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeEntries, in the same build
      const head = JSON.parse(decodeUtf8(bytes, 0, behind) + FOOT) as Head;
      places = new Map(Object.entries(head.places));
    }
    const place = places.get(id);
    if (place === undefined) return null;
    const [start, end] = place;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    const entry = JSON.parse(decodeUtf8(bytes, behind + start, behind + end)) as CatalogueEntry;
    known.set(id, entry);
    return entry;
  };
}
