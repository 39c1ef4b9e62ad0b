import assert from "node:assert/strict";
import { test } from "node:test";
import { compareKeys, heaviestKeys, type KeyBytes } from "../../../../core/report/log/heaviest-keys.ts";
import { pseudoRandom } from "../../log/pseudo-random.ts";

function keyBytes(keys: readonly string[]): KeyBytes {
  const starts = [0];
  for (const key of keys) starts.push((starts.at(-1) ?? 0) + key.length);
  return { arena: Buffer.from(keys.join(""), "latin1"), starts: Int32Array.from(starts) };
}

test("the heaviest keys are those a full sort puts first, equal ones in the order of their bytes", () => {
  const random = pseudoRandom(3);
  for (let round = 0; round < 200; round += 1) {
    const made = Array.from({ length: 1 + random(200) }, () =>
      Array.from({ length: random(6) }, () => "ab\0\xff".charAt(random(4))).join(""),
    );
    const names = [...new Set(made)];
    const keys = keyBytes(names);
    const weights = Float64Array.from(names, () => random(3));
    const sorted = names
      .map((_, index) => index)
      .sort((one, other) => (weights[other] ?? 0) - (weights[one] ?? 0) || compareKeys(keys, one, other));
    for (const count of [0, 1, random(names.length + 1), names.length, names.length + 5]) {
      const chosen = heaviestKeys(keys, weights, count);
      assert.deepEqual(new Set(chosen), new Set(sorted.slice(0, count)), `${count} of ${JSON.stringify(names)}`);
      assert.equal(new Set(chosen).size, chosen.length);
    }
  }
});
