import assert from "node:assert/strict";
import { test } from "node:test";
import { entries } from "@postmaster/core/catalogue/entries.ts";
import { readEntries, writeEntries } from "@postmaster/core/catalogue/entry-lines.ts";

const written = writeEntries(entries);

test("each entry is found by its id, as it was written", () => {
  const entryById = readEntries(() => Buffer.from(written));
  for (const entry of entries.toReversed()) assert.deepEqual(entryById(entry.id), entry);
  for (const id of ["", "no-such-entry", '{"id":"']) assert.equal(entryById(id), null);
});

test("all of them together are JSON", () => {
  const read: unknown = JSON.parse(written);
  assert.ok(JSON.stringify(read).endsWith(`"entries":${JSON.stringify(entries)}}`));
});
