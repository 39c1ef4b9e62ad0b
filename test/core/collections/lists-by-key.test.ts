import assert from "node:assert/strict";
import { test } from "node:test";
import { listsByKey } from "@postmaster/core/collections/lists-by-key.ts";

test("keys keep the order in which they first come, values theirs", () => {
  const byLetter = listsByKey(["b1", "a1", "b2", "a2"], (word) => word.charAt(0));
  assert.deepEqual(
    [...byLetter],
    [
      ["b", ["b1", "b2"]],
      ["a", ["a1", "a2"]],
    ],
  );
});
