import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import { createThread } from "./create-thread.ts";
import { WORTH_A_THREAD } from "./threads-for.ts";

/** Verbs that read whole logs, in several threads if they are large. */
const VERBS: ReadonlySet<string | undefined> = new Set(["check", "parse", "report", "trace"]);
/** Compressed logs are read by one thread. */
const COMPRESSED = [".gz", ".zst"];

let early: Worker | null = null;

/**
 * Starts a thread that makes parts of logs if the words of a command line name a log that is worth one. It takes 50 ms until it has its first line, half of that in
 * Node itself; that long it takes here too until all is loaded and the log is open. If nobody takes it, it does not keep the process.
 */
export function startEarlyThread([verb, ...words]: readonly string[]): void {
  if (!VERBS.has(verb) || availableParallelism() < 2 || !words.some(isLarge)) return;
  const thread = createThread();
  thread.unref();
  // Another is started in its place then, which fails where somebody listens.
  thread.once("error", () => {
    early = null;
  });
  early = thread;
}

/** The thread that was started early, once. */
export function takeEarlyThread(): Worker | null {
  const thread = early;
  early = null;
  thread?.ref();
  return thread;
}

function isLarge(word: string): boolean {
  if (word.startsWith("-") || COMPRESSED.some((ending) => word.endsWith(ending))) return false;
  try {
    const status = statSync(word);
    return status.isFile() && status.size >= WORTH_A_THREAD;
  } catch {
    // Whoever opens it will say why it cannot be read.
    return false;
  }
}
