import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { allGeneratedFiles } from "../../scripts/lib/all-generated-files.ts";
import { inRoot } from "../../scripts/lib/paths.ts";

test("generated files are what `npm run generate` would write", async () => {
  const stale: string[] = [];
  for (const { path, text } of await allGeneratedFiles()) {
    if ((await readFile(inRoot(path), "utf8").catch(() => null)) !== text) stale.push(path);
  }
  assert.deepEqual(stale, []);
});
