import path from "node:path";
import { addTo } from "@postmaster/core/collections/lists-by-key.ts";
import { type FoundFile, isPathProblem, type PathProblem } from "../../input/find-files.ts";
import { openInput } from "../../input/open-input.ts";
import { kindOfName } from "../../input/recognise.ts";
import { byAge, type LogAge } from "../../report/read-order.ts";
import { logOf, momentOf } from "./log-sequence.ts";

/**
 * Puts the files that rotation made of one log behind each other, the older first: a folder lists mail.log before mail.log.1, and so does a shell. They take the
 * place of the first of them; all else stays where it is.
 */
export async function oldestFirst(
  found: readonly (FoundFile | PathProblem)[],
): Promise<readonly (FoundFile | PathProblem)[]> {
  const logs = new Map<string, FoundFile[]>();
  const keyOf = (one: FoundFile | PathProblem): string | null =>
    isPathProblem(one) || one.name === "-" ? null : logOf({ path: path.resolve(one.name) });
  for (const one of found) {
    const key = keyOf(one);
    if (key !== null && !isPathProblem(one)) addTo(logs, key, one);
  }
  const result: (FoundFile | PathProblem)[] = [];
  for (const one of found) {
    const key = keyOf(one);
    const same = key === null ? undefined : logs.get(key);
    if (same === undefined || key === null || same.length === 1) result.push(one);
    else if (same[0] === one) result.push(...(isLog(same) ? await inOrder(same) : same));
  }
  return result;
}

/** Copies of configuration files may be numbered too. */
function isLog(files: readonly FoundFile[]): boolean {
  return files.every(({ name }) => {
    const kind = kindOfName(path.basename(name));
    return kind === null || kind === "log";
  });
}

async function inOrder(files: readonly FoundFile[]): Promise<readonly FoundFile[]> {
  const dated: (LogAge & { readonly file: FoundFile })[] = [];
  for (const file of files) {
    // oxlint-disable-next-line no-await-in-loop -- one open file at a time
    const input = await openInput(file.name).catch(() => null);
    if (input === null || typeof input === "string") {
      dated.push({ file, begin: 0, input: { modifiedMs: 0 } });
      continue;
    }
    dated.push({ file, begin: momentOf(input), input });
    // oxlint-disable-next-line no-await-in-loop -- as above
    await input.close();
  }
  return dated.sort(byAge).map(({ file }) => file);
}
