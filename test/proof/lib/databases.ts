import { chmod, rm, utimes } from "node:fs/promises";
import path from "node:path";

/** In seconds. */
const HOUR = 3600;

/** Makes databases older than their texts, takes them away, or has root alone read them. Names in `directory`. */
export async function spoilDatabases(
  directory: string,
  databases: Readonly<Record<string, "old" | "missing" | "private">>,
): Promise<void> {
  for (const [name, state] of Object.entries(databases)) {
    const file = path.join(directory, name);
    if (state === "missing") await rm(file);
    else if (state === "private") await chmod(file, 0o600);
    else {
      // Of a text that was written within the last 100 seconds Postfix says nothing: somebody may be at work.
      await setAge(file, 2 * HOUR);
      await setAge(file.replace(/\.[a-z]+$/, ""), HOUR);
    }
  }
}

async function setAge(file: string, seconds: number): Promise<void> {
  const then = Date.now() / 1000 - seconds;
  await utimes(file, then, then);
}
