import { countLeading } from "../collections/count-leading.ts";
import type { Template } from "./matcher.ts";
import { readArrays, writeArrays } from "./matching/array-file.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

/**
 * What an engine needs to know of its templates once they are compiled. Messages and entries are numbered, in the order in which templates first name them;
 * templates are meant by their place in the list.
 */
export interface KnownTemplates {
  /** Ids by their numbers. */
  readonly messages: Texts;
  readonly entries: Texts;
  /** By template: the number of its message, -1 for that of an entry. */
  readonly messageOf: Int32Array;
  /** By template: the number of its entry, or of the entry that explains its message; -1 for none. */
  readonly entryOf: Int32Array;
  /** The templates in the notation of template.ts. */
  readonly texts: Texts;
}

/** Many texts, of which few are ever looked at. */
export interface Texts {
  readonly length: number;
  /** Null where there is none of that number. */
  at(index: number): string | null;
  /** The numbers of some of them, without making strings of the others. Those that are not there are left out. */
  numbersOf(texts: Iterable<string>): ReadonlyMap<string, number>;
  all(): readonly string[];
}

/** @param explained entry ids by message id */
export function listTemplates(
  templates: readonly Pick<Template, "id" | "layer" | "text">[],
  explained: ReadonlyMap<string, string>,
): KnownTemplates {
  const messages = createIds();
  const entries = createIds();
  const messageOf = Int32Array.from(templates, ({ layer, id }) => (layer === "message" ? messages.add(id) : -1));
  const entryOf = Int32Array.from(templates, ({ layer, id }) => {
    const entry = layer === "entry" ? id : explained.get(id);
    return entry === undefined ? -1 : entries.add(entry);
  });
  return {
    messages: textsOf(messages.ids),
    entries: textsOf(entries.ids),
    messageOf,
    entryOf,
    texts: textsOf(templates.map(({ text }) => text)),
  };
}

/** The list as one run of bytes, of which nothing but numbers needs to be read before it is used. */
export function writeTemplateList({ messages, entries, messageOf, entryOf, texts }: KnownTemplates): Uint8Array {
  return writeArrays(null, [
    messageOf,
    entryOf,
    ...packed(messages),
    ...packed(entries),
    ...packed(texts),
    sortedOrder(messages),
    sortedOrder(entries),
  ]);
}

/** What `writeTemplateList` wrote. */
export function readTemplateList(written: Uint8Array): KnownTemplates {
  const { numbers, octets } = readArrays(written);
  const messageOf = numbers();
  const entryOf = numbers();
  const [messages, entries, texts] = [
    [numbers(), octets()] as const,
    [numbers(), octets()] as const,
    [numbers(), octets()] as const,
  ];
  return {
    messages: unpacked(...messages, numbers()),
    entries: unpacked(...entries, numbers()),
    messageOf,
    entryOf,
    texts: unpacked(...texts, null),
  };
}

function textsOf(texts: readonly string[]): Texts {
  return {
    length: texts.length,
    at: (index) => texts[index] ?? null,
    numbersOf: (wanted) =>
      new Map(Array.from(wanted, (text) => [text, texts.indexOf(text)] as const).filter(([, number]) => number !== -1)),
    all: () => texts,
  };
}

/** Where each text starts, and one more: where they end; then the texts. */
function packed(texts: Texts): readonly [starts: Int32Array, bytes: Uint8Array] {
  const encoded = texts.all().map(encodeUtf8);
  const starts = new Int32Array(encoded.length + 1);
  for (const [index, { length }] of encoded.entries()) starts[index + 1] = (starts[index] ?? 0) + length;
  const bytes = new Uint8Array(starts.at(-1) ?? 0);
  for (const [index, text] of encoded.entries()) bytes.set(text, starts[index]);
  return [starts, bytes];
}

/** Their numbers in the order in which `<` has the texts, by which one is found among thousands without making strings of them. */
function sortedOrder(texts: Texts): Int32Array {
  const all = texts.all();
  const numbers = all.map((_, number) => number);
  return Int32Array.from(
    numbers.sort((one, other) =>
      (all[one] ?? "") < (all[other] ?? "") ? -1 : (all[one] ?? "") > (all[other] ?? "") ? 1 : 0,
    ),
  );
}

/** @param sorted null where nobody looks for any */
function unpacked(starts: Int32Array, bytes: Uint8Array, sorted: Int32Array | null): Texts {
  const length = starts.length - 1;
  /** Those that were looked at. */
  const met = new Map<number, string>();
  const read = (index: number): string => decodeUtf8(bytes, starts[index] ?? 0, starts[index + 1] ?? 0);
  const at = (index: number): string | null => {
    if (index < 0 || index >= length) return null;
    const text = met.get(index) ?? read(index);
    met.set(index, text);
    return text;
  };
  let known: readonly string[] | null = null;
  return {
    length,
    at,
    numbersOf(wanted) {
      const order = sorted ?? sortedOrder(textsOf(this.all()));
      const found = new Map<string, number>();
      for (const text of wanted) {
        const before = countLeading(order.length, (place) => read(order[place] ?? 0) < text);
        const number = order[before] ?? -1;
        if (number !== -1 && read(number) === text) found.set(text, number);
      }
      return found;
    },
    all() {
      known ??= Array.from({ length }, (_, index) => read(index));
      return known;
    },
  };
}

interface Ids {
  readonly ids: readonly string[];
  /** The number of an id, a new one at first sight. */
  add(id: string): number;
}

function createIds(): Ids {
  const ids: string[] = [];
  const numbers = new Map<string, number>();
  return {
    ids,
    add(id) {
      const known = numbers.get(id);
      if (known !== undefined) return known;
      numbers.set(id, ids.length);
      ids.push(id);
      return ids.length - 1;
    },
  };
}
