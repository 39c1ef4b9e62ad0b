import type { CatalogueEntry } from "../catalogue/entry.ts";
import { fill, placesOf } from "../catalogue/fill.ts";
import { truncate } from "../text/truncate.ts";
import { visibleText } from "../text/visible-text.ts";
import type { ValueOf } from "./line-values.ts";

/** The entry's title and the sentence of its meaning that speaks of this line's values, as plain text. */
export function problemMessage(entry: CatalogueEntry, valueOf: ValueOf): string {
  const all = sentences(entry.sections.meaning.replaceAll("`", "").replaceAll("\n", " "));
  const last = Math.max(
    0,
    all.findIndex((one) => placesOf(one).length > 0),
  );
  // A sentence that points back is not understood without the one before it.
  let first = last;
  while (first > 0 && BACK_REFERENCES.has((all[first] ?? "").split(" ", 1)[0] ?? "")) first -= 1;
  const filled = fill(all.slice(first, last + 1).join(" "), valueOf, (value) =>
    visibleText(truncate(value, LONGEST_VALUE)),
  );
  return `${entry.title}\n${filled}`;
}

const LONGEST_VALUE = 120;
const BACK_REFERENCES = new Set(["It", "That", "This", "These", "They"]);

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
