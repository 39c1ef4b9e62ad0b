import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { reportOf, smallDay, tallyOf } from "./a-report.ts";

/** The names of all members, of objects in lists too. */
function membersOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(membersOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => [name, ...membersOf(inner)]);
}

test("every member of the JSON is documented", () => {
  const text = readFileSync(new URL("../../../../docs/report.md", import.meta.url), "utf8");
  const members = new Set(membersOf(reportOf(tallyOf(smallDay()))));
  assert.ok(members.size > 50);
  assert.deepEqual(
    [...members].filter((name) => !text.includes(`\`${name}\``)),
    [],
  );
});
