import type { PatternCapture, PatternMatcher } from "@postmaster/core/model/pattern-matcher.ts";

/** Good enough for the plain patterns of these tests; the real engine has tests of its own. */
export const plainPatterns: PatternMatcher = {
  async match(type, pattern, flags, subject) {
    return (await plainPatterns.capture(type, pattern, flags, subject)).answer;
  },
  compile: () => Promise.resolve("unknown"),
  capture(_type, pattern, flags, subject): Promise<PatternCapture> {
    if (pattern.includes("undecidable")) return Promise.resolve({ answer: "unknown" });
    const found = new RegExp(pattern, flags.includes("i") ? "" : "i").exec(subject);
    if (found === null) return Promise.resolve({ answer: "no-match" });
    return Promise.resolve({
      answer: "match",
      groups: found.slice(1).map((group: string | undefined) => group ?? null),
    });
  },
};
