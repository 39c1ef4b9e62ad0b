import { readdirSync, utimesSync } from "node:fs";
import path from "node:path";

/**
 * Makes freshly written configuration look an hour old. Postfix reads a file again, a second later, until it has not been modified
 * for a second: without this every program of Postfix takes one to two seconds for each change.
 */
export function settle(folder: string): void {
  const longAgo = new Date(Date.now() - 3_600_000);
  for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), longAgo, longAgo);
}
