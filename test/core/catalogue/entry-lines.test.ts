import assert from "node:assert/strict";
import { test } from "node:test";
import type { WholeEntry } from "@postmaster/core/catalogue/entry.ts";
import { readEntries, writeEntries } from "@postmaster/core/catalogue/entry-lines.ts";
import { wholeEntries } from "@postmaster/core/catalogue/whole-entries.ts";

const written = writeEntries(wholeEntries);

/** Templates are shipped compiled, and examples are for tests. */
const LEFT_OUT = new Set(["match", "otherwise", "programs", "messages", "level", "examples"]);
const told = (entry: WholeEntry): unknown =>
  Object.fromEntries(Object.entries(entry).filter(([key]) => !LEFT_OUT.has(key)));

test("what is said of each entry is found by its id", () => {
  const entryById = readEntries(() => Buffer.from(written));
  for (const entry of wholeEntries.toReversed()) assert.deepEqual(entryById(entry.id), told(entry));
  for (const id of ["", "no-such-entry", '{"id":"']) assert.equal(entryById(id), null);
});

test("all of them together are JSON", () => {
  const read: unknown = JSON.parse(written);
  assert.ok(JSON.stringify(read).endsWith(`"entries":${JSON.stringify(wholeEntries.map(told))}}`));
});
