import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually } from "../../eventually.ts";
import { type HostileWorkspace, hostileWorkspace } from "./hostile-workspace.ts";
import { placeOf } from "./place.ts";
import { trustFolder } from "./trust-folder.ts";
import {
  command,
  hoverSaying,
  notification,
  openFile,
  openLightBulb,
  openWorkbench,
  vsixUnderTest,
  type Workbench,
} from "./workbench.ts";

let hostile: HostileWorkspace;
let bench: Workbench;
before(async () => {
  hostile = await hostileWorkspace();
  const machineSettings = { "postmaster.postfixCommandDirectory": hostile.commandDirectory };
  bench = await openWorkbench({
    vsix: await vsixUnderTest(),
    folder: hostile.folder,
    trustAll: false,
    machineSettings,
  });
});
after(async () => {
  await bench.close();
  await hostile.close();
});

/** A line of main.cf and words in it, and those of the log. */
const MISTAKE = ["smtpd_bnner", "smtpd_bnner"] as const;
const LINKED_TABLE = ["link/senders", "link/senders"] as const;
const OUTSIDE_TABLE = ["check_client_access", "/outside/senders"] as const;
const HELO = ["OFFICEPC7", "Helo command rejected"] as const;

async function hoverIn(file: string, [line, words]: readonly [string, string], says: RegExp): Promise<void> {
  const place = placeOf(await readFile(join(hostile.folder, file), "utf8"), line, words);
  await openFile(bench.page, file.slice(file.lastIndexOf("/") + 1));
  await hoverSaying(bench.page, place, says);
}

test("a stranger's workspace is explained; nothing outside it is read and nothing is run", async () => {
  const { page } = bench;
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
  await hoverIn("mail.log", HELO, /Likely causes/);
  await hoverIn("postfix/main.cf", MISTAKE, /Postfix has no parameter smtpd_bnner/);
  await hoverIn("postfix/main.cf", LINKED_TABLE, /Its file may not be read from this workspace/);
  await hoverIn("postfix/main.cf", OUTSIDE_TABLE, /Its file lies outside this copy of the configuration/);

  await command(page, "Postmaster: Validate with Postfix");
  await notification(page, "No program is run before you trust this workspace");
  assert.equal(hostile.readOutside(), false);
  assert.equal(await hostile.ranPostfix(), "");
  assert.equal(await hostile.ranOwnProgram(), "");
});

test("once it is trusted, its settings count, files outside are read and Postfix is asked: the machine's, not the workspace's", async () => {
  const { page } = bench;
  await page.getByRole("button", { name: "Manage Workspace Trust" }).click();
  await trustFolder(page);

  await hoverIn("postfix/main.cf", LINKED_TABLE, /2 keys/);
  await eventually("the pipe outside to be looked at", () => hostile.readOutside());
  await hoverIn("mail.log", HELO, /Likely causes/);
  await openLightBulb(page);
  await page.keyboard.press("Escape");
  await eventually("the release of this machine's Postfix to be asked for", async () =>
    (await hostile.ranPostfix()).includes("postconf -c /etc/postfix -dh mail_version"),
  );

  await openFile(page, "main.cf");
  await command(page, "Postmaster: Validate with Postfix");
  await notification(page, "Postfix has");
  assert.match(await hostile.ranPostfix(), new RegExp(`^postconf -c ${hostile.folder}/postfix -n$`, "m"));
  assert.equal(await hostile.ranOwnProgram(), "", "a setting of the workspace names no program");
});
