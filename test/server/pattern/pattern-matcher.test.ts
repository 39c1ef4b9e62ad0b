import assert from "node:assert/strict";
import test from "node:test";
import { createPatternMatcher } from "@postmaster/server/host/pattern/pattern-matcher.ts";

const WORKER = new URL("../../../server/host/pattern/worker.ts", import.meta.url);

test("patterns that never end are unknown, and the next question is answered", async (context) => {
  const matcher = createPatternMatcher(WORKER);
  context.after(() => matcher.close());
  const answers = await Promise.all([
    matcher.match("pcre", "^(([a-z])+.)+[A-Z]([a-z])+$", "i", "a".repeat(3000)),
    matcher.match("pcre", "\\.local$", "", "MAIL.LOCAL"),
    matcher.match("pcre", "\\.local$", "i", "MAIL.LOCAL"),
  ]);
  assert.deepEqual(answers, ["unknown", "match", "no-match"]);
});

test("what Postfix might read otherwise is unknown", async (context) => {
  const matcher = createPatternMatcher(WORKER);
  context.after(() => matcher.close());
  const doubtful: readonly (readonly ["pcre" | "regexp", string, string, string])[] = [
    ["pcre", "(", "", "x"],
    ["pcre", "x", "z", "x"],
    ["pcre", "ü", "", "x"],
    ["pcre", "x", "", "ü"],
    ["pcre", "x", "", "x\ny"],
    ["pcre", "\\x{100}", "", "x"],
    ["pcre", "x".repeat(10_000), "", "x"],
    ["pcre", "x", "", "x".repeat(10_000)],
    ["regexp", "\\w", "", "x"],
    ["regexp", "a**", "", "x"],
    ["regexp", "[\\]", "", "x"],
    ["regexp", "(?i)x", "", "x"],
    ["regexp", "[[=a=]]", "", "x"],
    ["regexp", "x", "x", "x"],
  ];
  for (const [type, pattern, flags, subject] of doubtful) {
    assert.equal(
      await matcher.match(type, pattern, flags, subject),
      "unknown",
      `${type} /${pattern.slice(0, 20)}/${flags}`,
    );
  }
});

test("a worker that is not there decides nothing and breaks nothing", async (context) => {
  const matcher = createPatternMatcher(new URL("no-such-worker.ts", WORKER));
  context.after(() => matcher.close());
  assert.equal(await matcher.match("pcre", "x", "", "x"), "unknown");
});
