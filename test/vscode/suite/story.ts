import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually } from "../../eventually.ts";
import { diagnosticsArrive, hoverText, inWorkspace, languageBecomes, open, rangeOf } from "./editor.ts";
import { test } from "./test.ts";

const FIRST_HOP = "6FCD43E2C5";
const NEXT_HOP = "70DE54F3D6";

/** A line that is only the consequence of an earlier one. */
const CAUSES = [
  "Nov 22 10:00:01 mail postfix/smtpd[7]: warning: lmdb:/etc/postfix/virtual is unavailable. open database /etc/postfix/virtual.lmdb: No such file or directory",
  "Nov 22 10:00:02 mail postfix/smtpd[7]: NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 451 4.3.0 <u@example.com>: Temporary lookup failure; from=<s@a.example> to=<u@example.com> proto=ESMTP helo=<a.example>",
].join("\n");

test("a consequence leads to its cause: related information, a link in the hover, go to definition", async () => {
  const document = await vscode.workspace.openTextDocument({ language: "postfix-log", content: CAUSES });
  await vscode.window.showTextDocument(document);
  await diagnosticsArrive(document);
  const problem = vscode.languages.getDiagnostics(document.uri).find(({ range }) => range.start.line === 1);
  assert.deepEqual(
    problem?.relatedInformation?.map(({ location }) => location.range.start.line),
    [0],
  );
  const at = rangeOf(document, "Temporary lookup failure").start;
  assert.match(await hoverText(document, at), /\*\*Because of \[line 1\]\(untitled:[^)]*#L1\):\*\*/);
  const [definition] = await definitionsAt(document, at);
  assert.equal(definition?.range.start.line, 0);
});

test("the words of a refusal lead to the line of the table that said them", async () => {
  const document = await open("mail.log");
  await languageBecomes(document, "postfix-log");
  const at = rangeOf(document, "<exchange.partner.local>: Helo command rejected").start;
  const [first] = await eventually("a definition", async () => {
    const found = await definitionsAt(document, at);
    return found.length > 0 ? found : null;
  });
  assert.equal(first?.uri.fsPath, inWorkspace("postfix", "helo_access.pcre"));
});

test("the selected lines are copied without what is private in them", async () => {
  const document = await open("mail.log");
  await languageBecomes(document, "postfix-log");
  const editor = await vscode.window.showTextDocument(document);
  const { start } = rangeOf(document, "<exchange.partner.local>: Helo command rejected");
  editor.selection = new vscode.Selection(start, start.translate(0, 5));
  // Not waited for: it tells the person what it has done and waits for the answer.
  await vscode.env.clipboard.writeText("");
  void vscode.commands.executeCommand("postmaster.copyRedacted");
  const copied = await eventually("something on the clipboard", async () => {
    const text = await vscode.env.clipboard.readText();
    return text === "" ? null : text;
  });
  const line = document.lineAt(start.line).text;
  assert.equal(copied.split("\n").length, 2, "one whole line and its end");
  assert.ok(copied.startsWith(line.slice(0, 15)), "the time is kept");
  assert.match(copied, /: Helo command rejected: /);
  assert.doesNotMatch(copied, /exchange\.partner\.local/);
});

test("the hops of a mail are a call hierarchy", async () => {
  const document = await open("mail.log");
  const at = rangeOf(document, FIRST_HOP).start;
  const [item] = await eventually("a call hierarchy", async () => {
    const found = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      "vscode.prepareCallHierarchy",
      document.uri,
      at,
    );
    return found.length > 0 ? found : null;
  });
  assert.equal(item?.name, FIRST_HOP);
  const calls = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
    "vscode.provideOutgoingCalls",
    item,
  );
  assert.deepEqual(
    calls.map(({ to }) => to.name),
    [NEXT_HOP],
  );
});

test("a mail's story is shown in a view beside its log", async () => {
  const document = await open("mail.log");
  const editor = await vscode.window.showTextDocument(document);
  const { start } = rangeOf(document, FIRST_HOP);
  editor.selection = new vscode.Selection(start, start);
  await vscode.commands.executeCommand("postmaster.traceMail");
  const tab = await eventually("the view", () =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === `Mail ${FIRST_HOP}`),
  );
  assert.ok(tab.input instanceof vscode.TabInputWebview);
  await vscode.window.tabGroups.close(tab);
});

function definitionsAt(document: vscode.TextDocument, at: vscode.Position): Thenable<readonly vscode.Location[]> {
  return vscode.commands.executeCommand("vscode.executeDefinitionProvider", document.uri, at);
}
