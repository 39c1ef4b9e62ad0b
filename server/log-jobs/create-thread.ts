import { Worker } from "node:worker_threads";
import { logWorkerUrl } from "./worker-url.ts";

/** Megabytes for what is just made: what a thread makes for a line is soon forgotten, and more would only be filled later. */
const YOUNG = 16;

/** A thread that makes parts of logs, once it is told of what and how (messages.ts). It gets ready for any log meanwhile. */
export function createThread(): Worker {
  return new Worker(logWorkerUrl(), { resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
}
