import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parseIndexedTable } from "@postmaster/core/syntax/table/parse-indexed-table.ts";
import { tableTold } from "./table-told.ts";

const PIECES = [
  "a OK\n",
  "# note\n",
  "\n",
  "b  x y\n",
  "  folded\n",
  "A again\n",
  "c:\n",
  '"d\n',
  "e \0x\n",
  "f OK",
  "\r\n",
  "\tg\n",
];

test("a table that changes at its end is the same as one read anew, whatever is added and taken away", () => {
  let seed = 1;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const added = (): string => Array.from({ length: next(4) }, () => PIECES[next(PIECES.length)] ?? "").join("");
  for (let run = 0; run < 300; run += 1) {
    let head = "";
    let tail = "";
    let changed = parseIndexedTable("");
    for (let step = 0; step < 12; step += 1) {
      // As while somebody types: at the tail's end, in it, and at times all lines of the tail become part of the head.
      const at = next(tail.length + 1);
      tail = tail.slice(0, at) + added() + tail.slice(next(3) === 0 ? at + next(3) : at);
      if (next(3) === 0) {
        const cut = tail.lastIndexOf("\n") + 1;
        head += tail.slice(0, cut);
        tail = tail.slice(cut);
      }
      const text = head + tail;
      changed = parseIndexedTable(text, changed, { head, tail });
      assert.deepEqual(tableTold(changed), tableTold(parseIndexedTable(text)), JSON.stringify([head, tail]));
    }
  }
});

test("two ways on from one table do not hear of each other's keys", () => {
  const before = parseIndexedTable("a OK\n", null, { head: "a OK\n", tail: "" });
  const first = parseIndexedTable("a OK\nb OK\n", before, { head: "a OK\nb OK\n", tail: "" });
  const second = parseIndexedTable("a OK\nc OK\nb OK\n", before, { head: "a OK\nc OK\nb OK\n", tail: "" });
  assert.deepEqual([...first.problems, ...second.problems], []);
  assert.deepEqual([before.rules.length, first.rules.length, second.rules.length], [1, 2, 3]);
});

test("the head of a table is not read again", () => {
  const head = "a OK\nb OK\n";
  const before = parseIndexedTable(head, null, { head, tail: "" });
  const after = parseIndexedTable(`${head}c OK\n`, before, { head, tail: "c OK\n" });
  assert.equal(after.rules[0], before.rules[0]);
  assert.equal(after.rules.length, 3);
});

test("a table that grows line by line keeps its last text and none of those before", () => {
  setFlagsFromString("--expose-gc");
  let text = "a-name-of-some-length.example.com OK\n".repeat(100_000);
  let table = parseIndexedTable(text);
  const before = process.memoryUsage().heapUsed;
  for (let line = 0; line < 30; line += 1) {
    text += `added-name-${line}.example.com OK\n`;
    table = parseIndexedTable(text, table);
  }
  runInNewContext("gc()");
  const kept = process.memoryUsage().heapUsed - before;
  assert.equal(table.rules.length, 100_030);
  assert.ok(kept < 10 * text.length, `${kept} bytes are kept of a text of ${text.length}`);
});
