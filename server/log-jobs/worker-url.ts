import { existsSync } from "node:fs";

/**
 * The thread that makes parts of logs: beside the bundle once built, else the server's bundle itself, which knows when it is run as a thread (the extension
 * does not carry the same data twice), else its source.
 */
export function logWorkerUrl(): URL {
  const own = new URL(import.meta.url);
  const built = new URL("./log-worker.cjs", own);
  if (existsSync(built)) return built;
  return own.pathname.endsWith("/server.cjs") ? own : new URL("./worker.ts", own);
}
