import { vocabularyWords } from "./vocabulary-words.ts";

/** Whether a word may stay: programs say it to everybody, so it tells of nobody. */
export type Vocabulary = (word: string) => boolean;

/** A name that is such a word too (a user called "test") stays where nothing says that it is a name. */
export function createVocabulary(): Vocabulary {
  const words = new Set(vocabularyWords());
  return (word) => words.has(word) || words.has(word.toLowerCase());
}
