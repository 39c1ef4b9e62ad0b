import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type IndexedTable, parseIndexedTable } from "@postmaster/core/syntax/table/parse-indexed-table.ts";

/** All that a table says, its entries read out. */
function told({ rules, problems, lines }: IndexedTable): unknown {
  return {
    problems,
    nodes: lines.nodes,
    rules: rules.map(({ index, line, span, key, keySpan, value, valueSpan, logical }) => ({
      index,
      line,
      span,
      key,
      keySpan,
      value,
      valueSpan,
      logical,
    })),
  };
}

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

test("a table that grows at its end is the same as one read anew, whatever is added", () => {
  let seed = 1;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let run = 0; run < 300; run += 1) {
    let text = "";
    let grown = parseIndexedTable(text);
    for (let step = 0; step < 8; step += 1) {
      const added = Array.from({ length: next(4) }, () => PIECES[next(PIECES.length)] ?? "");
      text += added.join("");
      grown = parseIndexedTable(text, grown);
      assert.deepEqual(told(grown), told(parseIndexedTable(text)), JSON.stringify(text));
    }
  }
});

test("two ways on from one table do not hear of each other's keys", () => {
  const before = parseIndexedTable("a OK\n");
  const first = parseIndexedTable("a OK\nb OK\n", before);
  const second = parseIndexedTable("a OK\nc OK\nb OK\n", before);
  assert.deepEqual([...first.problems, ...second.problems], []);
});

test("lines are only added to what was read: not read again", () => {
  const before = parseIndexedTable("a OK\nb OK\n");
  const after = parseIndexedTable("a OK\nb OK\nc OK\n", before);
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
