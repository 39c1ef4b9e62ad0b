import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import * as vscode from "vscode";
import { eventually } from "../../eventually.ts";
import { inWorkspace, open } from "./editor.ts";
import { test } from "./test.ts";

function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

test("the report of the log in front opens in a tab of its own, once", async () => {
  await open("mail.log");
  await vscode.commands.executeCommand("postmaster.showReport");
  await open("mail.log");
  await vscode.commands.executeCommand("postmaster.showReport");
  const reports = tabs().filter(({ label }) => label === "Report of mail.log");
  assert.equal(reports.length, 1);
  const input: unknown = reports[0]?.input;
  assert.ok(input instanceof vscode.TabInputWebview && input.viewType.endsWith("postmaster.report"));
  await vscode.window.tabGroups.close(reports);
});

test("a compressed log, for which VS Code has no editor, opens as its report", async () => {
  const packed = inWorkspace("mail.log.2.gz");
  await writeFile(packed, gzipSync(await readFile(inWorkspace("mail.log"))));
  await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(packed));
  const tab = await eventually("a tab with the report", () => {
    const found = tabs().find(({ label }) => label === "mail.log.2.gz");
    const input: unknown = found?.input;
    return input instanceof vscode.TabInputCustom && input.viewType === "postmaster.packedLog" ? found : null;
  });
  await vscode.window.tabGroups.close(tab);
  await rm(packed);
});
