import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ClosablePatternMatcher } from "../host/pattern/pattern-matcher.ts";

/** Time for one pattern, in ms. Nobody waits at a keyboard: a busy machine must not turn an answer into "unknown". */
const PATIENCE = 2000;

/** The engine for patterns of tables, in its worker: beside the bundle, or in the sources. Nothing of it is loaded before the first question. */
export function commandLinePatterns(): ClosablePatternMatcher {
  let loading: Promise<ClosablePatternMatcher> | null = null;
  const engine = (): Promise<ClosablePatternMatcher> => (loading ??= load());
  return {
    match: async (...question) => (await engine()).match(...question),
    capture: async (...question) => (await engine()).capture(...question),
    compile: async (...question) => (await engine()).compile(...question),
    async close() {
      await (await loading)?.close();
    },
  };
}

async function load(): Promise<ClosablePatternMatcher> {
  const { createPatternMatcher } = await import("../host/pattern/pattern-matcher.ts");
  const bundled = new URL("./pattern-worker.cjs", import.meta.url);
  const worker = existsSync(fileURLToPath(bundled)) ? bundled : new URL("../host/pattern/worker.ts", import.meta.url);
  return createPatternMatcher(worker, PATIENCE);
}
