import { existsSync } from "node:fs";

/** The thread that makes parts of logs: beside the bundle once built, else its source. */
export function logWorkerUrl(): URL {
  const built = new URL("./log-worker.cjs", import.meta.url);
  return existsSync(built) ? built : new URL("./worker.ts", import.meta.url);
}
