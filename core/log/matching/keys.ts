/**
 * The key of a template: one of its literals. A line that does not hold it is no instance of the template. For a search of keys in a line that looks at every fourth
 * byte only, a key is at least so long that one of four neighbouring words of it starts at such a byte.
 */
export interface Keys {
  /** The keys one after the other. */
  readonly bytes: Uint8Array;
  /** By template: where its key lies in `bytes`; both 0 for a template without a literal that long. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** By template: the first of the four words, counted from the key's start. */
  readonly offsets: Int32Array;
}

const WORD = 4;
const SHORTEST = 2 * WORD - 1;

/**
 * Of each template, given by its literals, the key is the one with the rarest words, and the four words are its rarest: those that the fewest literals of templates hold, since
 * what many messages share is what lines are full of. Of equals the longer.
 */
export function chooseKeys(templates: readonly (readonly Uint8Array[])[]): Keys {
  const holders = new Map<number, number>();
  for (const literals of templates) {
    for (const value of new Set(literals.flatMap(wordsOf))) holders.set(value, (holders.get(value) ?? 0) + 1);
  }
  const bytes: number[] = [];
  const starts = new Int32Array(templates.length);
  const ends = new Int32Array(templates.length);
  const offsets = new Int32Array(templates.length);
  templates.forEach((literals, template) => {
    let fewest = Number.POSITIVE_INFINITY;
    let key: Uint8Array | null = null;
    for (const literal of literals.toSorted((one, other) => other.length - one.length)) {
      if (literal.length < SHORTEST) break;
      const counts = wordsOf(literal).map((value) => holders.get(value) ?? 0);
      for (let offset = 0; offset + WORD <= counts.length; offset += 1) {
        const most = Math.max(...counts.slice(offset, offset + WORD));
        if (most >= fewest) continue;
        fewest = most;
        key = literal;
        offsets[template] = offset;
      }
    }
    if (key === null) return;
    starts[template] = bytes.length;
    bytes.push(...key);
    ends[template] = bytes.length;
  });
  return { bytes: Uint8Array.from(bytes), starts, ends, offsets };
}

const word = new Int32Array(1);
const bytesOfWord = new Uint8Array(word.buffer);

/** Four bytes as this machine reads them as one number. */
function wordAt(bytes: Uint8Array, at: number): number {
  for (let index = 0; index < WORD; index += 1) bytesOfWord[index] = bytes[at + index] ?? 0;
  return word[0] ?? 0;
}

function wordsOf(key: Uint8Array): number[] {
  return Array.from({ length: Math.max(0, key.length - WORD + 1) }, (_, at) => wordAt(key, at));
}

/** The keys of some of the templates. */
export interface KeyView {
  /** One bit for each value of a hash: set if a word has it. */
  readonly filter: Uint8Array;
  /** By word, in a table with open addressing: the word, and 1 + where its list is in `lists`; 0 for a free place. */
  readonly table: Int32Array;
  /** Lists of pairs, of a template and of the word's offset in its key, their length before them. */
  readonly lists: Int32Array;
  /** The templates that have no key, in ascending order. */
  readonly always: Int32Array;
}

const HASH_BITS = 17;
const MIX = 0x9e3779b1;

/** @param members numbers of templates, ascending */
export function createKeyView({ bytes, starts, ends, offsets }: Keys, members: readonly number[]): KeyView {
  const filter = new Uint8Array(2 ** HASH_BITS / 8);
  const lists = new Map<number, number[]>();
  const always: number[] = [];
  for (const member of members) {
    const start = starts[member] ?? 0;
    if (start === (ends[member] ?? 0)) {
      always.push(member);
      continue;
    }
    for (let offset = offsets[member] ?? 0, left = WORD; left > 0; offset += 1, left -= 1) {
      const value = wordAt(bytes, start + offset);
      const hash = Math.imul(value, MIX) >>> (32 - HASH_BITS);
      filter[hash >>> 3] = (filter[hash >>> 3] ?? 0) | (1 << (hash & 7));
      const list = lists.get(value);
      if (list === undefined) lists.set(value, [member, offset]);
      else list.push(member, offset);
    }
  }
  return { filter, ...tabulate(lists), always: Int32Array.from(always) };
}

function tabulate(lists: ReadonlyMap<number, readonly number[]>): Pick<KeyView, "table" | "lists"> {
  let places = 64;
  while (places < lists.size * 2) places *= 2;
  const table = new Int32Array(places * 2);
  const flat: number[] = [];
  for (const [value, list] of lists) {
    let place = Math.imul(value, MIX) & (places - 1);
    while (table[place * 2 + 1] !== 0) place = (place + 1) & (places - 1);
    table[place * 2] = value;
    table[place * 2 + 1] = flat.length + 1;
    flat.push(list.length, ...list);
  }
  return { table, lists: Int32Array.from(flat) };
}

/** Which templates a line may be an instance of, by their keys. */
export interface KeyScanner {
  /** Find the templates of a view whose keys `bytes[start..end)` holds. One pass over every fourth byte. */
  scan(view: KeyView, bytes: Uint8Array, start: number, end: number): void;
  /** What was found, in no order: the first `count`. */
  count: number;
  readonly members: Int32Array;
}

export function createKeyScanner(keys: Keys): KeyScanner {
  const templates = keys.starts.length;
  const foundIn = new Int32Array(templates);
  let pass = 0;
  /** The memory of the last line, in words. */
  let words: Int32Array = new Int32Array(0);
  const scanner: KeyScanner = {
    count: 0,
    members: new Int32Array(templates),
    scan(view, bytes, start, end) {
      scanner.count = 0;
      pass = (pass + 1) | 0;
      const { filter } = view;
      const { buffer, byteOffset } = bytes;
      if (words.buffer !== buffer) words = new Int32Array(buffer, 0, Math.floor(buffer.byteLength / WORD));
      const last = Math.floor((byteOffset + end) / WORD);
      for (let at = Math.ceil((byteOffset + start) / WORD); at < last; at += 1) {
        const value = words[at] ?? 0;
        const hash = Math.imul(value, MIX) >>> (32 - HASH_BITS);
        if ((((filter[hash >>> 3] ?? 0) >>> (hash & 7)) & 1) === 0) continue;
        const found = listOf(view.table, value);
        if (found !== -1) verify(view.lists, found, bytes, at * WORD - byteOffset, start, end);
      }
    },
  };

  /** A word of the keys in a list stands at `at`: do the keys? */
  function verify(lists: Int32Array, list: number, bytes: Uint8Array, at: number, start: number, end: number): void {
    const behind = list + 1 + (lists[list] ?? 0);
    for (let index = list + 1; index < behind; index += 2) {
      const member = lists[index] ?? 0;
      if (foundIn[member] === pass) continue;
      const from = at - (lists[index + 1] ?? 0);
      if (from < start || !standsAt(member, bytes, from, end)) continue;
      foundIn[member] = pass;
      scanner.members[scanner.count] = member;
      scanner.count += 1;
    }
  }

  function standsAt(member: number, bytes: Uint8Array, from: number, end: number): boolean {
    const keyStart = keys.starts[member] ?? 0;
    const length = (keys.ends[member] ?? 0) - keyStart;
    if (from + length > end) return false;
    for (let index = 0; index < length; index += 1) {
      if (bytes[from + index] !== keys.bytes[keyStart + index]) return false;
    }
    return true;
  }

  return scanner;
}

/** Where the list of a word begins, -1 if it has none. */
function listOf(table: Int32Array, value: number): number {
  const mask = table.length / 2 - 1;
  let place = Math.imul(value, MIX) & mask;
  for (let entry = table[place * 2 + 1] ?? 0; entry !== 0; entry = table[place * 2 + 1] ?? 0) {
    if (table[place * 2] === value) return entry - 1;
    place = (place + 1) & mask;
  }
  return -1;
}
