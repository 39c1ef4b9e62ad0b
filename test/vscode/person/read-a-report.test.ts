import assert from "node:assert/strict";
import { test } from "node:test";
import { viewInFront } from "./view-in-front.ts";
import { command, openFile, useWorkbench } from "./workbench.ts";

const bench = useWorkbench();

test("the report of a log is read by keyboard, and a number opens its lines", async () => {
  const { page } = bench();
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy") && message.text().includes("view."))
      refused.push(message.text());
  });
  await openFile(page, "mail.log");
  await command(page, "Postmaster: Show Log Report");
  const report = viewInFront(bench());
  await report.getByRole("heading", { level: 1, name: /Report of .*mail\.log/ }).waitFor();
  await report.locator("[data-part=volume] [data-chart] canvas").waitFor();
  await report.locator("[data-part=bytes] [data-chart] canvas").waitFor();

  const rejected = report.getByRole("button", { name: /^Rejected \d+: show the lines$/ });
  const count = Number(await rejected.innerText());
  assert.ok(count > 10);
  await rejected.focus();
  await page.keyboard.press("Enter");
  const tab = page.locator(".tabs-container .tab.active", { hasText: `${count} lines` });
  await tab.waitFor();
  await page.locator(".monaco-editor .view-line", { hasText: "NOQUEUE: reject:" }).first().waitFor();
  assert.deepEqual(refused, [], "nothing of the view is refused by its own policy");
});

test("the place where a problem was last seen is opened in the log", async () => {
  const { page } = bench();
  await page.locator(".tabs-container .tab", { hasText: "Report of" }).click();
  const row = viewInFront(bench()).locator("#problems ~ .scroll tr", {
    hasText: "The HELO name is not known in the DNS",
  });
  await row.getByRole("button").last().click();
  await page.locator('.tabs-container .tab.active[data-resource-name="mail.log"]').waitFor();
  const current = page.locator(".monaco-editor.focused .line-numbers.active-line-number");
  assert.notEqual(await current.innerText(), "1");
});
