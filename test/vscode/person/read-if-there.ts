import { readFile } from "node:fs/promises";

/** The text of a file; empty if there is none. */
export function readIfThere(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
