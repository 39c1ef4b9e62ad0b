import { readdir } from "node:fs/promises";
import path from "node:path";

/** Absolute paths of all files below a folder with the given ending, in a stable order. A missing folder has none. */
export async function filesBelow(folder: string, ending: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true }).catch(() => []);
  return found
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => path.join(folder, name));
}
