import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { placeOf } from "./place.ts";
import { serverProcess } from "./server-process.ts";
import {
  command,
  goTo,
  hoverSaying,
  notification,
  openFile,
  openWorkbench,
  vsixUnderTest,
  type Workbench,
} from "./workbench.ts";

let bench: Workbench;
before(async () => {
  bench = await openWorkbench({ vsix: await vsixUnderTest() });
});
after(() => bench.close());

const HELO = ["<OFFICEPC7>: Helo command rejected", "Helo command rejected"] as const;
const TOO_OFTEN = "ended five times within three minutes and is not started again";

/** Until both files have their squiggles, and the log's hover says what only the server knows. */
async function everythingWorks(): Promise<void> {
  const { page, folder } = bench;
  const squiggle = page.locator(".monaco-editor [class*='squiggly-']").first();
  await openFile(page, "main.cf");
  await squiggle.waitFor();
  await openFile(page, "mail.log");
  await squiggle.waitFor();
  await hoverSaying(page, placeOf(await readFile(join(folder, "mail.log"), "utf8"), ...HELO), /Likely causes/);
}

test("a server that is killed in the middle of a request is started again: the problems are back, the hover answers", async () => {
  const { page } = bench;
  await everythingWorks();

  const first = await serverProcess(bench);
  // It takes the request, and never comes to answer it.
  process.kill(first, "SIGSTOP");
  await goTo(page, { line: 5, column: 70 });
  await command(page, "Postmaster: Trace This Mail");
  process.kill(first, "SIGKILL");
  await notification(page, "ended before it had answered");

  await serverProcess(bench, first);
  await everythingWorks();
  assert.equal(await page.locator(".notification-toast", { hasText: TOO_OFTEN }).count(), 0);
});

test("killed again and again it is left alone; the user is told, and starts it again with a button", async () => {
  const { page } = bench;
  let last = await serverProcess(bench);
  for (let killed = 2; killed <= 5; killed += 1) {
    process.kill(last, "SIGKILL");
    if (killed < 5) last = await serverProcess(bench, last);
  }
  const told = await notification(page, TOO_OFTEN);
  await page.locator(".monaco-editor [class*='squiggly-']").first().waitFor({ state: "detached" });
  await command(page, "Postmaster: Trace This Mail");
  await notification(page, "server is not running");

  await told.getByRole("button", { name: "Restart Server" }).click();
  await serverProcess(bench, last);
  await everythingWorks();
});
