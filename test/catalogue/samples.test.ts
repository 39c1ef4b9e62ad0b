import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { entries } from "@postmaster/core/catalogue/catalogue.ts";
import { plantedMistakes } from "../samples/planted.ts";
import { engine } from "./entry-reader.ts";

const planted = await plantedMistakes();
const root = new URL("../../", import.meta.url);

for (const file of new Set(planted.map((mistake) => mistake.file))) {
  test(`${file}: every planted line is recognised and no other`, async () => {
    const lines = (await readFile(new URL(file, root), "utf8")).split("\n");
    const found = lines.flatMap((line, index) => {
      const entry = engine.entryOf(line);
      return entry === null ? [] : [{ file, line: index + 1, entry }];
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

test("every entry of the catalogue that the sample server can show is planted", () => {
  const shown = new Set(planted.map(({ entry }) => entry));
  const absent = entries.map(({ id }) => id).filter((id) => !shown.has(id));
  assert.deepEqual(absent, ["canonical-nesting"]);
});

test("PLANTED.md tells of every entry that is planted", async () => {
  const page = await readFile(new URL("samples/PLANTED.md", root), "utf8");
  for (const entry of new Set(planted.map((mistake) => mistake.entry))) assert.ok(page.includes(`\`${entry}\``), entry);
});
