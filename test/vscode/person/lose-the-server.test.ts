import assert from "node:assert/strict";
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { placeOf } from "./place.ts";
import { holdAtStart, serverProcess, serverProcesses } from "./server-process.ts";
import { viewInFront } from "./view-in-front.ts";
import { command, goTo, hoverSaying, notification, openFile, useWorkbench } from "./workbench.ts";

const bench = useWorkbench();

const HELO = ["<OFFICEPC7>: Helo command rejected", "Helo command rejected"] as const;
const REJECTED_AGAIN =
  "Nov 23 10:00:01 mail postfix/smtpd[7]: NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 504 5.5.2 <OFFICEPC7>: Helo command rejected: need fully-qualified hostname; from=<s@a.example> to=<u@example.com> proto=ESMTP helo=<OFFICEPC7>\n";
const TOO_OFTEN = "ended five times within three minutes and is not started again";

/** Until both files have their squiggles, and the log's hover says what only the server knows. */
async function everythingWorks(): Promise<void> {
  const { page, folder } = bench();
  const squiggle = page.locator(".monaco-editor [class*='squiggly-']").first();
  await openFile(page, "main.cf");
  await squiggle.waitFor();
  await openFile(page, "mail.log");
  await squiggle.waitFor();
  await hoverSaying(page, placeOf(await readFile(join(folder, "mail.log"), "utf8"), ...HELO), /Likely causes/);
}

test("a server that is killed in the middle of a request is started again: the problems are back, the hover answers", async () => {
  const { page } = bench();
  await everythingWorks();

  const first = await serverProcess(bench());
  // It takes the request, and never comes to answer it.
  process.kill(first, "SIGSTOP");
  await goTo(page, { line: 5, column: 70 });
  await command(page, "Postmaster: Trace This Mail");
  process.kill(first, "SIGKILL");
  await notification(page, "ended before it had answered");

  await serverProcess(bench(), first);
  await everythingWorks();
  assert.equal(await page.locator(".notification-toast", { hasText: TOO_OFTEN }).count(), 0);
});

test("killed again and again it is left alone; the user is told, and starts it again with a button", async () => {
  const { page } = bench();
  let last = await serverProcess(bench());
  for (let killed = 2; killed <= 5; killed += 1) {
    process.kill(last, "SIGKILL");
    if (killed < 5) last = await serverProcess(bench(), last);
  }
  const told = await notification(page, TOO_OFTEN);
  await page.locator(".monaco-editor [class*='squiggly-']").first().waitFor({ state: "detached" });
  await command(page, "Postmaster: Trace This Mail");
  await notification(page, "server is not running");

  await told.getByRole("button", { name: "Restart Server" }).click();
  await serverProcess(bench(), last);
  await everythingWorks();
});

test("one that hangs is ended by Restart; who waits for an answer is told, and the report that is open goes on", async () => {
  const { page, folder } = bench();
  await command(page, "Postmaster: Show Log Report");
  const rejected = viewInFront(bench()).getByRole("button", { name: /^Rejected \d+: show the lines$/ });
  const count = Number(await rejected.innerText());

  const hung = await serverProcess(bench());
  process.kill(hung, "SIGSTOP");
  await openFile(page, "mail.log");
  await goTo(page, { line: 5, column: 70 });
  await command(page, "Postmaster: Trace This Mail");
  await command(page, "Postmaster: Restart Server");
  await notification(page, "ended before it had answered");
  const next = await serverProcess(bench(), hung);
  assert.deepEqual(serverProcesses(bench()), [next], "the one that hung is gone");
  await everythingWorks();
  assert.deepEqual(serverProcesses(bench()), [next], "its end is not taken for one of the next");

  await page.locator(".tabs-container .tab", { hasText: "Report of" }).click();
  await rejected.waitFor();
  await appendFile(join(folder, "mail.log"), REJECTED_AGAIN);
  await rejected.filter({ hasText: String(count + 1) }).waitFor();
});

test("one that hangs while it starts is ended by Restart as well", async () => {
  const { page } = bench();
  const before = await serverProcess(bench());
  const hung = await holdAtStart(bench(), () => command(page, "Postmaster: Restart Server"));
  assert.notEqual(hung, before);
  await command(page, "Postmaster: Restart Server");
  const next = await serverProcess(bench(), hung);
  await everythingWorks();
  assert.deepEqual(serverProcesses(bench()), [next]);
});
