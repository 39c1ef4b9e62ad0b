import { createPatternMatcher } from "@postmaster/server/host/pattern/pattern-matcher.ts";

/** PCRE itself, for what only it can tell. To be closed after use. */
export const startEngine = () =>
  createPatternMatcher(new URL("../../server/host/pattern/worker.ts", import.meta.url), 5000);
