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
