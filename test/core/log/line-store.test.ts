import assert from "node:assert/strict";
import { test } from "node:test";
import { type CutLines, cutLines } from "@postmaster/core/log/cut-lines.ts";
import { createLineStore } from "@postmaster/core/log/line-store.ts";
import { pseudoRandom } from "./pseudo-random.ts";

const all = (cut: CutLines): readonly string[] => Array.from({ length: cut.count }, (_, index) => cut.at(index));
const LONG = 70_000;

test("a long text has the lines that a short one of the same breaks has", () => {
  const text = "a\nb\r\nc\rd\r\r\n\ne";
  const lines = ["a", "b", "c", "d", "", "", "e"];
  assert.deepEqual(all(cutLines("", text, "")), lines);
  const filler = "x".repeat(LONG);
  assert.deepEqual(all(cutLines("", `${filler}\n${text}`, "")), [filler, ...lines]);
  assert.deepEqual(all(cutLines("", `${text}\r\n${filler}`, "")), [...lines, filler]);
  assert.deepEqual(all(cutLines("<", `${text}\r${filler}`, ">")), ["<a", ...lines.slice(1), `${filler}>`]);
  assert.deepEqual(all(cutLines("<", filler, ">")), [`<${filler}>`]);
  assert.deepEqual(all(cutLines("<", "", ">")), ["<>"]);
});

test("after any changes the lines are those of a plain list", () => {
  const pick = pseudoRandom(23);
  const store = createLineStore();
  let lines: string[] = [];
  let serial = 0;
  const some = (count: number): string =>
    Array.from({ length: count }, () => {
      serial += 1;
      return `line ${serial}`;
    }).join("\n");
  for (let round = 0; round < 300; round += 1) {
    const first = pick(lines.length + 1);
    const removed = Math.min(lines.length - first, pick(4) === 0 ? pick(9000) : pick(5));
    const added = cutLines("before ", some(pick(5) === 0 ? 8000 : pick(6)), " behind");
    const from = pick(Math.min(3, added.count));
    const to = added.count - pick(Math.min(3, added.count - from));
    store.replace(first, removed, added, from, to);
    lines = [...lines.slice(0, first), ...all(added).slice(from, to), ...lines.slice(first + removed)];
    assert.equal(store.count, lines.length);
    for (let tries = 0; tries < 50; tries += 1) {
      const line = pick(lines.length + 1);
      assert.equal(store.at(line), lines[line] ?? "", `round ${round}, line ${line}`);
    }
  }
  assert.deepEqual(
    lines.map((_, line) => store.at(line)),
    lines,
  );
  assert.equal(store.at(-1), "");
});
