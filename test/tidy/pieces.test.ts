import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { commandLineOptions } from "../../scripts/lib/bundles.ts";
import { COMMAND_LINE } from "../../scripts/lib/command-line-pieces.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { loadedWith, lookAtModules, neededBy, planPieces } from "../../scripts/lib/pieces.ts";

test("what the pieces of the command line begin with is there: a build fails where a module was moved", () => {
  const missing = COMMAND_LINE.flatMap(({ entries }) => entries).filter((entry) => !existsSync(inRoot(entry)));
  assert.deepEqual(missing, []);
});

/** What a verb or a thread may load in vain: a part of what it needs, and bytes besides. Sources are twice as large as what is built of them. */
const IN_VAIN = 1 / 3;
const BESIDES = 24 * 1024;
const LOADED_OFTEN = [
  ...["admit", "check", "explain", "lsp", "parse", "redact", "report", "route", "trace"].map(
    (verb) => `server/cli/${verb}.ts`,
  ),
  "server/log-jobs/worker.ts",
];

test("a verb loads little that only others need: compiling that was a third of the time of those that are done in an instant", async () => {
  const { importsOf, bytesOf } = await lookAtModules(COMMAND_LINE, commandLineOptions());
  const plan = planPieces(COMMAND_LINE, importsOf);
  const bytes = (modules: ReadonlySet<string>): number =>
    [...modules].reduce((sum, module) => sum + (module.endsWith(".ts") ? (bytesOf.get(module) ?? 0) : 0), 0);
  for (const module of LOADED_OFTEN) {
    const needed = bytes(neededBy(module, importsOf));
    const loaded = bytes(loadedWith(module, plan, importsOf));
    assert.ok(needed > 0 && loaded >= needed, module);
    assert.ok(loaded <= needed * (1 + IN_VAIN) + BESIDES, `${module} needs ${needed} bytes and loads ${loaded}`);
  }
});
