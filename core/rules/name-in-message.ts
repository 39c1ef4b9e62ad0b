import { truncate } from "../text/truncate.ts";
import { visibleText } from "../text/visible-text.ts";

const LONGEST = 80;

/** A word from a file as part of one of our own sentences: short, of one line, nothing invisible in it. */
export function nameInMessage(word: string): string {
  return visibleText(truncate(word, LONGEST));
}
