import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually } from "../../eventually.ts";
import { actionTitled, apply, diagnosticGone, diagnosticOn, languageBecomes, onDisk, open, restore } from "./editor.ts";
import { test } from "./test.ts";

test("a mistake in main.cf is a problem there too, and gone once its fix is applied", async () => {
  const before = await onDisk("postfix/main.cf");
  const document = await open("postfix/main.cf");
  await languageBecomes(document, "postfix-main-cf");
  try {
    const { range } = await diagnosticOn(document, "two-address-classes", "mydestination = ");
    await apply(await actionTitled(document, range, "Take old.example.com out of mydestination"));
    await diagnosticGone(document, "old.example.com");
  } finally {
    await restore(before, "postfix/main.cf");
  }
});

test("behind the name of a parameter its value is asked for at once", async () => {
  const document = await open("postfix/main.cf");
  await languageBecomes(document, "postfix-main-cf");
  // At the start of a line all of the line's name is replaced, the rest of it stays.
  const line = document.getText().split("\n").indexOf("");
  const item = await eventually("a name to be offered", async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      new vscode.Position(line, 0),
    );
    return items.find(({ label }) => label === "smtpd_helo_required");
  });
  assert.equal(item.insertText, "smtpd_helo_required = ");
  assert.equal(item.command?.command, "editor.action.triggerSuggest");
});
