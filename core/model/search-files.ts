import type { FilePort } from "../io/file-port.ts";
import { joinPath, parentOf } from "./paths.ts";

/** Bounds of a search: a workspace may be a whole home folder. */
const MOST_FOLDERS = 2000;
const DEEPEST = 8;
const SKIPPED = new Set(["node_modules", ".git", ".hg", ".svn", "proc", "sys"]);

/** The folders from a file upwards that lie within one of the roots, nearest first. */
export function foldersAbove(path: string, roots: readonly string[]): readonly string[] {
  const folders: string[] = [];
  for (
    let folder = parentOf(path);
    folder !== "" && roots.some((root) => isWithin(root, folder));
    folder = parentOf(folder)
  ) {
    folders.push(folder);
    if (folder === parentOf(folder)) break;
  }
  return folders;
}

/** The first folder below `roots`, shallow ones first, whose names satisfy `accepts`; null if the bounds are reached. */
export async function findFolderBelow(
  port: FilePort,
  roots: readonly string[],
  accepts: (names: ReadonlySet<string>, folder: string) => Promise<boolean> | boolean,
): Promise<string | null> {
  let level = [...roots];
  let seen = 0;
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++seen > MOST_FOLDERS) return null;
      const names = await port.list(folder);
      if (names === null) continue;
      if (await accepts(new Set(names), folder)) return folder;
      // A name with an ending is hardly ever a folder that holds a configuration, but `conf.d` is.
      for (const name of [...names].sort()) {
        if (!SKIPPED.has(name) && (!name.includes(".", 1) || name.endsWith(".d"))) next.push(joinPath(folder, name));
      }
    }
    level = next;
  }
  return null;
}

function isWithin(root: string, folder: string): boolean {
  const bare = root.length > 1 && (root.endsWith("/") || root.endsWith("\\")) ? root.slice(0, -1) : root;
  return folder === bare || folder.startsWith(`${bare}/`) || folder.startsWith(`${bare}\\`) || bare === "/";
}
