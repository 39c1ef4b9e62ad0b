/** Words that say nothing by themselves in a description, besides those shorter than three letters. */
const STOP_WORDS = new Set(
  `about after all also and any are because been before but can cannot does each else every for from give given has have
  here how however into its itself may more most must name named names not now of off only onto other others over own parameter
  per setting settings should since some specifies specify such takes than that the their them then there these they this those
  through under until use used uses using value values very via was were what when where whether which while who whose why will
  with without would you your default postfix optional list limit maximal maximum minimum number controls`.split(/\s+/),
);

/** The words of a text that carry meaning, code left out, cut to a rough stem so that `rejects` and `rejected` count as one. */
function contentWords(text: string): ReadonlySet<string> {
  const words =
    text
      .replaceAll(/`[^`]*`/g, " ")
      .toLowerCase()
      .match(/[a-z]{3,}/g) ?? [];
  return new Set(words.filter((word) => !STOP_WORDS.has(word)).map(stem));
}

function stem(word: string): string {
  return word.replace(/(?:ings?|ed|es|e|s)$/, "");
}

/** How much a text says beyond its name. */
export function beyondName(name: string, text: string): { readonly words: number; readonly share: number } {
  const own = contentWords(name.replaceAll("_", " "));
  const all = contentWords(text);
  const fresh = [...all].filter((word) => !own.has(word)).length;
  return { words: fresh, share: all.size === 0 ? 0 : fresh / all.size };
}
