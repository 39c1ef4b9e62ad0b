import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { COMMAND_LINE } from "../../scripts/lib/command-line-pieces.ts";
import { inRoot } from "../../scripts/lib/paths.ts";

test("what the pieces of the command line begin with is there: a build fails where a module was moved", () => {
  const missing = COMMAND_LINE.flatMap(({ entries }) => entries).filter((entry) => !existsSync(inRoot(entry)));
  assert.deepEqual(missing, []);
});
