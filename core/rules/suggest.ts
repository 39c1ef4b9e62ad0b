import { onceEachWord } from "../memory/remember.ts";
import { lowerAscii } from "../text/ascii.ts";
import { didYouMean } from "../text/did-you-mean.ts";

/** Mistypings seldom hit both ends of a name, and looking at the ends is cheap. */
const END = 3;

/** What may be meant by a word, of these names; null if nothing is near. */
export function suggestFrom(names: readonly string[]): (word: string) => string | null {
  // Few configurations ask at all.
  let index: ReadonlyMap<string, readonly string[]> | null = null;
  return onceEachWord((word) => {
    index ??= indexEnds(names);
    const byEnd = index;
    const near = new Set(endsOf(word).flatMap((end) => byEnd.get(end) ?? []));
    return didYouMean(
      word,
      [...near].filter((name) => Math.abs(name.length - word.length) <= END),
    );
  });
}

function indexEnds(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byEnd = new Map<string, string[]>();
  for (const name of names) {
    for (const end of endsOf(name)) {
      const same = byEnd.get(end) ?? [];
      same.push(name);
      byEnd.set(end, same);
    }
  }
  return byEnd;
}

function endsOf(name: string): readonly string[] {
  const folded = lowerAscii(name);
  return [`^${folded.slice(0, END)}`, `${folded.slice(-END)}$`];
}
