import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/paths.ts";

/** The rows of SECURITY.md's table of doors: what it is, what stands there, the tests that try it. */
const doors = readFileSync(inRoot("SECURITY.md"), "utf8")
  .split("\n## ")
  .filter((section) => section.startsWith("The doors"))
  .flatMap((section) => section.split("\n").filter((line) => line.startsWith("| ")))
  .slice(1)
  .map((row) => row.slice(2, -2).split(" | "));

test("every door has a test, and the test exists", () => {
  assert.ok(doors.length >= 7);
  for (const [door = "", guard = "", ...rest] of doors) {
    const files = [...rest.join(" ").matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file = ""]) => file);
    assert.ok(guard !== "" && files.length > 0, `${door}: no test`);
    for (const file of files) assert.ok(existsSync(inRoot(file)), `${door}: there is no ${file}`);
  }
});

test("every test of a door stands in the table", () => {
  const table = doors.flat().join("\n");
  const missing = globSync("test/doors/*.test.ts", { cwd: inRoot() }).filter(
    (file) => !table.includes(`\`${file.replaceAll("\\", "/")}\``),
  );
  assert.deepEqual(missing, []);
});
