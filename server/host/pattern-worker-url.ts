import { existsSync } from "node:fs";

/** The worker that runs PCRE patterns: beside the bundle once built, else its source. */
export function patternWorkerUrl(): URL {
  const built = new URL("./pattern-worker.cjs", import.meta.url);
  return existsSync(built) ? built : new URL("./pattern/worker.ts", import.meta.url);
}
