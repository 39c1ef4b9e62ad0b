import type { FoundFile, PathProblem } from "./find-files.ts";

/**
 * The words of a command line that are folders, but for those that could not be listed.
 * @returns a set from which each is to be deleted when something of use turns up in it
 */
export function barrenFolders(words: readonly string[], found: readonly (FoundFile | PathProblem)[]): Set<string> {
  const named = new Set(found.map(({ name }) => name));
  return new Set(words.filter((word) => !named.has(word)));
}
