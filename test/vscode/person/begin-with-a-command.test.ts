import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { eventually } from "../../eventually.ts";
import { placeOf } from "./place.ts";
import { command, goTo, notification, openFile, useWorkbench } from "./workbench.ts";

const bench = useWorkbench();

/** A window with nothing but this file in it: whatever is done next starts the extension, or comes while it starts. */
async function newWindow(name: string): Promise<void> {
  const { page } = bench();
  await page.reload();
  await page.locator(".monaco-workbench .explorer-folders-view").waitFor();
  await openFile(page, name);
}

/** The same, with the cursor in a line of the log. */
async function newWindowAt(line: string, words: string): Promise<void> {
  await newWindow("mail.log");
  await goTo(bench().page, placeOf(await readFile(join(bench().folder, "mail.log"), "utf8"), line, words));
}

test("a mail is traced by the first thing that is done in a window", async () => {
  const { page } = bench();
  await newWindowAt("4DAB21C0A3: removed", "4DAB21C0A3");
  await command(page, "Postmaster: Trace This Mail");
  await page.locator(".tabs-container .tab", { hasText: "Mail 4DAB21C0A3" }).waitFor();
});

test("so are the commands of a fix copied", async () => {
  await newWindowAt("<OFFICEPC7>: Helo command rejected", "Helo command");
  await command(bench().page, "Postmaster: Copy Fix as Commands");
  await notification(bench().page, "Copied 2 commands: Accept the HELO name OFFICEPC7");
});

test("where there is no text to work on, the command says so", async () => {
  const { page, folder, server } = bench();
  // The palette does not show it there, but a key of the user's own works everywhere.
  const keys = [{ key: "ctrl+alt+t", command: "postmaster.traceMail" }];
  await writeFile(join(server.folder, "data", "data", "User", "keybindings.json"), JSON.stringify(keys));
  await writeFile(join(folder, "mail.log.2.gz"), gzipSync(await readFile(join(folder, "mail.log"))));
  await newWindow("mail.log.2.gz");
  await eventually("the key to work", async () => {
    await page.keyboard.press("Control+Alt+T");
    return notification(page, "mail.log.2.gz is not shown as text", 1000).catch(() => null);
  });
});
