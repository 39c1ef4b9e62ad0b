import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedTo } from "../../../core/trace/connected.ts";
import { pseudoRandom } from "../log/pseudo-random.ts";

test("what hangs together is found whatever the order of its ties, however long the chain", () => {
  const random = pseudoRandom(5);
  const chain = Array.from({ length: 400 }, (_, at) => [at, at + 1] as const);
  const apart = Array.from({ length: 400 }, (_, at) => [1000 + at, 1001 + at] as const);
  for (let round = 0; round < 20; round += 1) {
    const shuffled = [...chain, ...apart]
      .map((tie) => ({ tie: random(2) === 0 ? tie : tie.toReversed(), at: random(1_000_000) }))
      .sort((one, other) => one.at - other.at)
      .map(({ tie }) => tie);
    const lists = [shuffled.slice(0, 333), shuffled.slice(333)].map((ties) => Float64Array.from(ties.flat()));
    const found = connectedTo(lists, [random(401)]);
    assert.equal(found.size, 401);
    for (const one of found) assert.ok(one <= 400);
  }
  assert.deepEqual(connectedTo([], [7]), new Set([7]));
});
