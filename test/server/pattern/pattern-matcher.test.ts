import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate } from "node:timers/promises";
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

test("time that this process is not given is not the pattern's: the answer is waited for", async (context) => {
  const matcher = createPatternMatcher(WORKER);
  context.after(() => matcher.close());
  assert.equal(await matcher.match("pcre", "x", "", "x"), "match");
  for (let run = 0; run < 5; run += 1) {
    const answer = matcher.match("pcre", "\\.local$", "i", `mail${run}.local`);
    // The question is on its way. Nothing runs here for longer than its deadline, as on a machine that has no time for us.
    await setImmediate();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    assert.equal(await answer, "match");
  }
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
