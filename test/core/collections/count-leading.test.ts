import assert from "node:assert/strict";
import { test } from "node:test";
import { countLeading } from "@postmaster/core/collections/count-leading.ts";

test("how many come before the first that does not hold, at every place and of every length", () => {
  for (let length = 0; length < 20; length += 1) {
    for (let leading = 0; leading <= length; leading += 1) {
      assert.equal(
        countLeading(length, (index) => index < leading),
        leading,
      );
    }
  }
});

test("of a million it looks at twenty", () => {
  let looks = 0;
  countLeading(1_000_000, (index) => {
    looks += 1;
    return index < 333_333;
  });
  assert.ok(looks <= 20, `${looks} looks`);
});
