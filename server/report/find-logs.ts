import { stat } from "node:fs/promises";
import path from "node:path";
import type { TimeOptions } from "../host/time-reference.ts";
import { barrenFolders } from "../input/barren-folders.ts";
import { type FoundFile, findFiles, isPathProblem, type PathProblem } from "../input/find-files.ts";
import { type Input, openInput, systemWords } from "../input/open-input.ts";
import { isBinary, kindOfContent, kindOfName } from "../input/recognise.ts";
import { byAge, firstMoment, type LogAge } from "./read-order.ts";

/** A log, opened. */
export interface FoundLog extends LogAge {
  readonly input: Input;
  /** Of what will be read: exact for plain files, a guess for compressed ones, 0 where nobody knows. */
  readonly bytes: number;
}

/** A path that could not be read, and why, for people. */
export interface Unreadable {
  readonly name: string;
  readonly problem: string;
}

export interface FoundLogs {
  /** The older first, whatever the order of the words: a shell puts mail.log before mail.log.1. To be closed by the caller. */
  readonly logs: readonly FoundLog[];
  readonly unreadable: readonly Unreadable[];
}

const NO_LOG =
  "no mail log was found there: neither a file named like mail.log, maillog or mail.log.1.gz, nor one whose first lines are of a mail log";

/** The logs that words name: files, folders with logs (and their rotated and compressed ones), `-`. A file named twice is opened once. */
export async function findLogs(words: readonly string[], time: TimeOptions): Promise<FoundLogs> {
  const logs: FoundLog[] = [];
  const unreadable: Unreadable[] = [];
  const seen = new Set<string>();
  const all: (FoundFile | PathProblem)[] = [];
  for await (const found of findFiles(words)) all.push(found);
  const barren = barrenFolders(words, all);
  for (const found of all) {
    if (isPathProblem(found)) {
      unreadable.push(found);
      continue;
    }
    const { name, isNamed } = found;
    // oxlint-disable-next-line no-await-in-loop -- few files are open at a time
    const input = await openInput(name).catch(systemWords);
    if (typeof input === "string") {
      unreadable.push({ name, problem: input });
      barren.delete(found.word);
      continue;
    }
    const problem = isBinary(input.head) ? "is binary, not text" : null;
    const isLog = isNamed || (await isLogFile(name, input.head));
    if (isLog) barren.delete(found.word);
    const isNew = input.identity === null || !seen.has(input.identity);
    if (problem === null && isLog && isNew) {
      if (input.identity !== null) seen.add(input.identity);
      logs.push({ input, begin: firstMoment(input, time), bytes: await sizeOf(input) });
      continue;
    }
    if (problem !== null && (isNamed || kindOfName(path.basename(name)) === "log")) unreadable.push({ name, problem });
    await input.close();
  }
  for (const name of barren) unreadable.push({ name, problem: NO_LOG });
  return { logs: logs.sort(byAge), unreadable };
}

async function isLogFile(name: string, head: Uint8Array): Promise<boolean> {
  const named = kindOfName(path.basename(name));
  return named === null ? (await kindOfContent(head)) === "log" : named === "log";
}

/** Logs shrink to about a tenth. */
const COMPRESSION = 10;

async function sizeOf({ path: file }: Input): Promise<number> {
  if (file === null) return 0;
  const size = await stat(file).then(
    (status) => status.size,
    () => 0,
  );
  return file.endsWith(".gz") || file.endsWith(".zst") ? size * COMPRESSION : size;
}
