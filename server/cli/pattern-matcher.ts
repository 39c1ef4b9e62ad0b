import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PatternMatcher } from "@postmaster/core/model/pattern-matcher.ts";
import { createPatternMatcher } from "../host/pattern/pattern-matcher.ts";

/** Time for one pattern, in ms. Nobody waits at a keyboard: a busy machine must not turn an answer into "unknown". */
const PATIENCE = 2000;

/** The engine for patterns of tables, in its worker: beside the bundle, or in the sources. */
export function commandLinePatterns(): PatternMatcher & { close(): Promise<void> } {
  const bundled = new URL("./pattern-worker.cjs", import.meta.url);
  const worker = existsSync(fileURLToPath(bundled)) ? bundled : new URL("../host/pattern/worker.ts", import.meta.url);
  return createPatternMatcher(worker, PATIENCE);
}
