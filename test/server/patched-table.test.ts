import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIndexedTable } from "@postmaster/core/syntax/table/parse-indexed-table.ts";
import { openText } from "@postmaster/server/lsp/open-text.ts";
import { random } from "../core/syntax/random.ts";
import { tableTold } from "../core/syntax/table-told.ts";

const PIECES = [
  "a OK\n",
  "# note\n",
  "\n",
  "b  x y\n",
  "  folded\n",
  "A again\n",
  "c:\n",
  '"d\n',
  '"e\n f" x\n',
  "g \0x\n",
  "h OK",
  "\r\n",
  "\ti\n",
  "\n\n x",
];

test("a table that is changed anywhere is the same as one read anew, in its entries and in what is wrong with it", () => {
  const from = random(11);
  for (let run = 0; run < 15; run += 1) {
    const some = (count: number): string =>
      Array.from({ length: count }, () => {
        // Most keys are there once.
        const piece = PIECES[from.below(PIECES.length)] ?? "";
        return from.below(4) === 0 ? piece : `k${from.below(500)} OK\n`;
      }).join("");
    let text = openText(some(1500) + "z end\n".repeat(from.below(2) * 1000));
    let table = parseIndexedTable(text.text, null, text.parts);
    let patched = 0;
    for (let step = 0; step < 25; step += 1) {
      const line = from.below(text.lineCount + 1);
      const start = { line, character: from.below(8) };
      const end = from.below(3) > 0 ? start : { line: line + from.below(3), character: from.below(8) };
      text = text.changed({ range: { start, end }, text: from.below(5) === 0 ? "" : some(from.below(3)) });
      patched += text.parts.patches.length;
      table = parseIndexedTable(text.text, table, text.parts);
      const anew = parseIndexedTable(text.text);
      assert.deepEqual(tableTold(table), tableTold(anew), JSON.stringify({ run, step }));
    }
    assert.ok(patched > 20);
  }
});

test("of a table that is changed above its end what stands elsewhere is not read again", () => {
  const before = openText("one.example OK\ntwo.example OK\n".repeat(1000));
  const table = parseIndexedTable(before.text, null, before.parts);
  const start = { line: 1000, character: 0 };
  const after = before.changed({ range: { start, end: start }, text: "new.example OK\n" });
  const changed = parseIndexedTable(after.text, table, after.parts);
  assert.equal(changed.rules[900], table.rules[900]);
  assert.equal(changed.ruleCount, 2001);
  assert.deepEqual(changed.rules[1500]?.key, table.rules[1499]?.key);
});
