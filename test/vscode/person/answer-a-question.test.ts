import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { eventually } from "../../eventually.ts";
import { seeFixes } from "./see-fixes.ts";
import { acceptPreview, chooseAction, notification, saveAll, useWorkbench } from "./workbench.ts";

const bench = useWorkbench();

test("whoever applies a preview without a tick is told that nothing was changed", async () => {
  const { page, folder } = bench();
  const file = join(folder, "postfix", "helo_access.pcre");
  const before = await readFile(file, "utf8");
  await seeFixes(bench(), "<OFFICEPC7>: Helo command rejected", "Helo command");
  await chooseAction(page, "Accept the HELO name OFFICEPC7");
  const panel = page.locator(".bulk-edit-panel");
  await panel.locator('.edit-checkbox[aria-checked="false"]').first().waitFor();
  await panel.getByRole("button", { name: "Apply" }).click();
  await notification(page, "Nothing was changed. To apply a fix, tick its edits");
  assert.equal(await readFile(file, "utf8"), before);
});

test("a fix that must know one thing first asks for it, and takes no nonsense", async () => {
  const { page, folder } = bench();
  await seeFixes(bench(), "do not list domain example.com", "do not list");
  await chooseAction(page, "Give this server another host name");

  const input = page.locator(".quick-input-widget input");
  await input.fill("not a host name");
  await page.locator(".quick-input-widget .quick-input-message", { hasText: /\w/ }).waitFor();
  await input.press("Enter");
  assert.ok(await input.isVisible(), "nonsense is not accepted");
  await input.fill("mail.example.com");
  await input.press("Enter");
  await acceptPreview(page);
  await saveAll(page);

  const main = await eventually("main.cf to have the new name", async () => {
    const text = await readFile(join(folder, "postfix", "main.cf"), "utf8");
    return text.includes("mail.example.com") ? text : null;
  });
  assert.match(main, /^myhostname = mail\.example\.com$/m);
});
