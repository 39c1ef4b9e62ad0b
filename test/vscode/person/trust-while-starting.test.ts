import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { hostileWorkspace } from "./hostile-workspace.ts";
import { placeOf } from "./place.ts";
import { holdAtStart, serverProcesses } from "./server-process.ts";
import { trustFolder } from "./trust-folder.ts";
import { hoverSaying, openFile, openWorkbench, vsixUnderTest } from "./workbench.ts";

test("trust that is granted while the server starts is not lost on it", async (context) => {
  const hostile = await hostileWorkspace();
  context.after(() => hostile.close());
  const bench = await openWorkbench({ vsix: await vsixUnderTest(), folder: hostile.folder, trustAll: false });
  context.after(() => bench.close());
  const main = await readFile(join(hostile.folder, "postfix", "main.cf"), "utf8");
  const table = placeOf(main, "link/senders", "link/senders");

  const starting = await holdAtStart(bench, () => openFile(bench.page, "main.cf"));
  await bench.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).click();
  await trustFolder(bench.page);
  assert.equal(hostile.readOutside(), false);
  process.kill(starting, "SIGCONT");
  // Outside of the folder: what is said of it without trust is that it may not be read.
  await hoverSaying(bench.page, table, /2 keys/);
  assert.deepEqual(
    serverProcesses(bench),
    [starting],
    "it is the server that was told when it started that there is no trust",
  );
});
