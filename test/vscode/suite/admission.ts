import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually } from "../../eventually.ts";
import { languageBecomes, open } from "./editor.ts";
import { test } from "./test.ts";

test("would this be let in: each step in a document of its own, linked to its line", async () => {
  const main = await open("postfix/main.cf");
  await languageBecomes(main, "postfix-main-cf");
  const session = {
    client: "192.0.2.1/mail.stranger.example",
    reverseName: null,
    helo: "mail.stranger.example",
    sender: "someone@stranger.example",
    recipient: "someone@elsewhere.example",
    login: null,
    tls: false,
  };
  await vscode.commands.executeCommand("postmaster.admit", { uri: main.uri.toString(), session });
  const shown = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
  const answer = await eventually(
    "the answer",
    () => (shown()?.uri.scheme === "postmaster-admission" ? shown() : null),
    { instead: () => shown()?.uri.toString() },
  );
  assert.match(answer.getText(), /^=> x reject_unauth_destination .*main\.cf:\d+$/m);
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", answer.uri);
  const deciding = answer
    .getText()
    .split("\n")
    .findIndex((line) => line.startsWith("=>"));
  const target = links.find(({ range }) => range.start.line === deciding)?.target;
  assert.ok(target !== undefined && target.path.endsWith("/postfix/main.cf"), JSON.stringify(links));
  const line = Number(/^L(\d+)/.exec(target.fragment)?.[1]) - 1;
  assert.match(main.lineAt(line).text, /reject_unauth_destination/);
  const asks = links.filter((link) => link.target?.scheme === "command");
  assert.ok(asks.length > 0);
  for (const { range, target: ask } of asks) {
    assert.match(answer.getText(range), /^Tell: .+=./);
    assert.equal(ask?.path, "postmaster.admit");
  }
});
