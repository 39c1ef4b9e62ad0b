import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually } from "../../eventually.ts";
import { languageBecomes, open } from "./editor.ts";
import { test } from "./test.ts";

test("a log opened by its name is a Postfix log", async () => {
  const document = await open("mail.log");
  await languageBecomes(document, "postfix-log");
});

test("opening a log activates the extension", async () => {
  const extension = vscode.extensions.getExtension("postmaster.postmaster");
  assert.ok(extension, "the extension is not installed");
  await eventually("activation", () => extension.isActive);
});
