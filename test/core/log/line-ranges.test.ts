import assert from "node:assert/strict";
import { test } from "node:test";
import { createLineRanges } from "@postmaster/core/log/line-ranges.ts";
import { pseudoRandom } from "./pseudo-random.ts";

test("lines are taken from the front", () => {
  const ranges = createLineRanges();
  assert.equal(ranges.first, null);
  ranges.replace(0, 0, 5, true);
  ranges.drop(2);
  assert.deepEqual(ranges.first, { start: 2, end: 5 });
  ranges.drop(3);
  assert.equal(ranges.first, null);
});

test("after any changes the set is what marks on the lines say", () => {
  const pick = pseudoRandom(5);
  const ranges = createLineRanges();
  let marks: boolean[] = [];
  for (let round = 0; round < 2000; round += 1) {
    const at = pick(marks.length + 1);
    const removed = Math.min(pick(6), marks.length - at);
    const added = pick(6);
    const areIn = pick(2) === 0;
    ranges.replace(at, removed, added, areIn);
    marks = [...marks.slice(0, at), ...Array.from({ length: added }, () => areIn), ...marks.slice(at + removed)];
    const first = marks.indexOf(true);
    assert.equal(ranges.first?.start ?? -1, first, `round ${round}`);
    const range = ranges.first;
    if (range === null) continue;
    assert.ok(marks.slice(range.start, range.end).every(Boolean), `round ${round}`);
    const count = Math.min(pick(3), range.end - range.start);
    ranges.drop(count);
    marks.fill(false, range.start, range.start + count);
  }
});
