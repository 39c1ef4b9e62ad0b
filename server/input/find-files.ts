import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isWithin } from "../host/path-bounds.ts";
import { systemWords } from "./open-input.ts";

/** A file to look at. */
export interface FoundFile {
  /** `-`, or the path as given, or below a folder as given. */
  readonly name: string;
  /** The user named this very file, so that silence about it would be wrong. */
  readonly isNamed: boolean;
  /** The word of the command line that led to it: its own name, or that of a folder above. */
  readonly word: string;
}

/** A path that could not be looked at, and why. */
export interface PathProblem {
  readonly name: string;
  readonly problem: string;
}

const SKIPPED = new Set(["node_modules", "CVS"]);

/**
 * The files that the words of a command line name, folders walked in the order of names. Links to folders are not followed, so the walk always
 * ends; special files, hidden ones and links that lead out are passed over below a folder.
 */
export async function* findFiles(words: readonly string[]): AsyncGenerator<FoundFile | PathProblem> {
  for (const word of words) {
    if (word === "-") {
      yield { name: word, isNamed: true, word };
      continue;
    }
    try {
      if ((await stat(word)).isDirectory()) yield* walk(word, { word, top: await realpath(word) });
      else yield { name: word, isNamed: true, word };
    } catch (error) {
      yield { name: word, problem: systemWords(error) };
    }
  }
}

export function isPathProblem(found: FoundFile | PathProblem): found is PathProblem {
  return "problem" in found;
}

interface Walk {
  readonly word: string;
  /** Where the named folder really is: a link that leads out of it would have us read and quote what its maker may not. */
  readonly top: string;
}

async function* walk(folder: string, from: Walk): AsyncGenerator<FoundFile | PathProblem> {
  let entries: Awaited<ReturnType<typeof listFolder>>;
  try {
    entries = await listFolder(folder);
  } catch (error) {
    yield { name: folder, problem: systemWords(error) };
    return;
  }
  for (const entry of entries) {
    if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(name, from);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(name, from.top))))
      yield { name, isNamed: false, word: from.word };
  }
}

async function listFolder(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function leadsToFile(link: string, top: string): Promise<boolean> {
  try {
    return isWithin(top, await realpath(link)) && (await stat(link)).isFile();
  } catch {
    return false;
  }
}
