import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { plantedMistakes } from "../samples/planted.ts";
import { engine } from "./entry-reader.ts";

const planted = await plantedMistakes();
const plantedEntries = new Set(planted.map(({ entry }) => entry));
const root = new URL("../../", import.meta.url);

for (const file of new Set(planted.map((mistake) => mistake.file))) {
  test(`${file}: every planted line is recognised, and no other as one of these entries`, async () => {
    const lines = (await readFile(new URL(file, root), "utf8")).split("\n");
    const found = lines.flatMap((line, index) => {
      const entry = engine.entryOf(line);
      return entry === null || !plantedEntries.has(entry) ? [] : [{ file, line: index + 1, entry }];
    });
    assert.deepEqual(
      found,
      planted.filter((mistake) => mistake.file === file),
    );
  });

  test(`${file}: a log that never happened names nobody`, async () => {
    const text = await readFile(new URL(file, root), "utf8");
    for (const [address = ""] of text.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g)) {
      assert.match(address, /^(?:192\.0\.2|198\.51\.100|203\.0\.113|127\.0\.0)\./);
    }
  });
}

test("the twelve matters of the first catalogue and their siblings are planted", () => {
  assert.equal(plantedEntries.size, 14);
});

test("PLANTED.md tells of every entry that is planted", async () => {
  const page = await readFile(new URL("samples/PLANTED.md", root), "utf8");
  for (const entry of plantedEntries) assert.ok(page.includes(`\`${entry}\``), entry);
});
