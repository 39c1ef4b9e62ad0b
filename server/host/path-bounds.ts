import { realpath } from "node:fs/promises";
import path from "node:path";

/** Whether `file` is `root` or lies below it. Both absolute and normal. */
export function isWithin(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative === "" || (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative));
}

/** Tells which file a path really names. */
export interface PathBounds {
  /**
   * The file behind a path, if both the path and what it leads to lie within the roots; else null. A link that leads out of the roots is how a
   * strange workspace would have us read what it may not.
   * @throws what `realpath` throws for a missing file
   */
  resolve(file: string): Promise<string | null>;
}

/** @param roots absolute paths of folders or files; null: everything may be read */
export function pathBounds(roots: readonly string[] | null): PathBounds {
  // Where the roots themselves lead is looked up once: a search asks about thousands of folders.
  let realRoots: Promise<readonly string[]> | null = null;
  return {
    async resolve(file) {
      if (roots === null) return realpath(file);
      if (!roots.some((root) => isWithin(root, file))) return null;
      realRoots ??= Promise.all(roots.map((root) => realpath(root).catch(() => root)));
      const [real, allowed] = await Promise.all([realpath(file), realRoots]);
      return allowed.some((root) => isWithin(root, real)) ? real : null;
    },
  };
}
