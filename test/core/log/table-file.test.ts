import assert from "node:assert/strict";
import { test } from "node:test";
import { allTemplates } from "@postmaster/core/features/all-templates.ts";
import { matcherTables } from "@postmaster/core/log/matching/matcher-tables.ts";
import { readTables, writeTables } from "@postmaster/core/log/matching/table-file.ts";

test("compiled templates are read as they were written, wherever in memory the file lies", () => {
  const { templates, explained } = allTemplates();
  const tables = matcherTables(templates, new Set(explained.keys()));
  const bytes = writeTables(tables);
  for (const offset of [0, 1, 4]) {
    const elsewhere = new Uint8Array(bytes.length + offset);
    elsewhere.set(bytes, offset);
    assert.deepEqual(readTables(elsewhere.subarray(offset)), tables);
  }
});
