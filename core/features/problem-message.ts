import type { CatalogueEntry } from "../catalogue/entry.ts";
import { fillPlaces, type PlacedText, placesOf } from "../catalogue/fill.ts";
import { oncePer } from "../memory/remember.ts";
import { truncate } from "../text/truncate.ts";
import { visibleText } from "../text/visible-text.ts";
import type { ValueOf } from "./line-values.ts";

/** The entry's title and the sentence of its meaning that speaks of this line's values, as plain text. */
export function problemMessage(entry: CatalogueEntry, valueOf: ValueOf): string {
  const filled = fillPlaces(toldSentence(entry), valueOf, (value) => visibleText(truncate(value, LONGEST_VALUE)));
  return `${entry.title}\n${filled}`;
}

const LONGEST_VALUE = 120;
const BACK_REFERENCES = new Set(["It", "That", "This", "These", "They"]);

/** A log has few kinds of problems and many of each: looked for once an entry. */
const toldSentence = oncePer((entry: CatalogueEntry): PlacedText => {
  const all = sentences(entry.sections.meaning.replaceAll("`", "").replaceAll("\n", " "));
  const last = Math.max(
    0,
    all.findIndex((one) => placesOf(one).length > 0),
  );
  // A sentence that points back is not understood without the one before it.
  let first = last;
  while (first > 0 && BACK_REFERENCES.has((all[first] ?? "").split(" ", 1)[0] ?? "")) first -= 1;
  const text = all.slice(first, last + 1).join(" ");
  return { text, places: placesOf(text) };
});

/** Split behind each full stop before a blank. */
function sentences(text: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  for (let at = text.indexOf(". "); at !== -1; at = text.indexOf(". ", at + 1)) {
    found.push(text.slice(start, at + 1));
    start = at + 2;
  }
  found.push(text.slice(start));
  return found;
}
