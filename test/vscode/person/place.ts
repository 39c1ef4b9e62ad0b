/** A place in a text as people count: from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Where some words stand, within the first line that holds `line`.
 * @throws if there is no such place: a test that looks elsewhere would prove nothing.
 */
export function placeOf(text: string, line: string, words: string): Place {
  const lines = text.split("\n");
  const index = lines.findIndex((one) => one.includes(line));
  const column = lines[index]?.indexOf(words) ?? -1;
  if (column === -1) throw new Error(`no line with "${line}" holds "${words}"`);
  return { line: index + 1, column: column + 1 };
}
