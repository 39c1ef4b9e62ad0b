import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction, CompletionItem, CompletionList } from "vscode-languageserver";
import { PLAIN_EDITOR, startClient, type TestClient, VS_CODE } from "../server/client.ts";
import { copyOfSamples, type Scratch } from "../server/scratch.ts";
import { type Answers, createAnswers } from "./lib/answers.ts";

const DOCUMENTS: Readonly<Record<string, string>> = {
  "mail.log": "postfix-log",
  "postfix/main.cf": "postfix-main-cf",
  "postfix/master.cf": "postfix-master-cf",
  "postfix/helo_access.pcre": "postfix-regexp-table",
  "postfix/sender_access": "postfix-table",
};
/** Methods that ask about one place. */
const PLACES = [
  "hover",
  "completion",
  "signatureHelp",
  "definition",
  "references",
  "documentHighlight",
  "prepareRename",
  "selectionRange",
];
/** Methods that ask about a document. */
const WHOLE = ["documentSymbol", "codeLens", "documentLink", "foldingRange", "semanticTokens/full", "diagnostic"];

async function askEverything(client: TestClient, server: Scratch, answers: Answers): Promise<void> {
  answers.add("initialize", client.initialized);
  for (const name of Object.keys(DOCUMENTS)) {
    const uri = server.uri(name);
    for (const method of WHOLE)
      answers.add(`textDocument/${method}`, await client.request(`textDocument/${method}`, uri));
    const lines = client.text(uri).split("\n").slice(0, 30);
    const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
    const options = { tabSize: 4, insertSpaces: true };
    for (const method of ["inlayHint", "semanticTokens/range"])
      answers.add(`textDocument/${method}`, await client.request(`textDocument/${method}`, uri, { range }));
    answers.add("textDocument/formatting", await client.request("textDocument/formatting", uri, { options }));
    answers.add(
      "textDocument/rangeFormatting",
      await client.request("textDocument/rangeFormatting", uri, { range, options }),
    );
    for (const [line, text] of lines.entries()) await askAboutLine(client, uri, line, text, answers);
  }
  answers.add("workspace/symbol", await client.request("workspace/symbol", server.uri("mail.log"), { query: "" }));
}

async function askAboutLine(
  client: TestClient,
  uri: string,
  line: number,
  text: string,
  answers: Answers,
): Promise<void> {
  for (const character of [0, Math.floor(text.length / 3), Math.floor(text.length / 2), text.length]) {
    const position = { line, character };
    const more = {
      position,
      positions: [position],
      context: { includeDeclaration: true },
      newName: "renamed_parameter",
    };
    for (const method of PLACES) {
      // A name that may not be changed is refused with an error of the protocol, which is no result.
      const answer = client.request(`textDocument/${method}`, uri, more);
      answers.add(`textDocument/${method}`, await (method === "prepareRename" ? answer.catch(() => null) : answer));
    }
    answers.add("textDocument/rename", await client.request("textDocument/rename", uri, more).catch(() => null));
  }
  const actions: readonly CodeAction[] = await client.actions(uri, line);
  answers.add("textDocument/codeAction", actions);
  for (const action of actions) answers.add("codeAction/resolve", await client.resolve(action));
  const list: readonly CompletionItem[] | CompletionList = await client.request("textDocument/completion", uri, {
    position: { line, character: 3 },
  });
  const [first] = "items" in list ? list.items : list;
  if (first === undefined) return;
  // The typed client names the document in whatever it asks; what comes back is what was sent, and more.
  const { textDocument: _, ...item } = await client.request<CompletionItem & { textDocument: unknown }>(
    "completionItem/resolve",
    uri,
    first,
  );
  answers.add("completionItem/resolve", item);
}

for (const [editor, capabilities] of Object.entries({ "VS Code": VS_CODE, "an editor of 2016": PLAIN_EDITOR })) {
  test(`every answer to ${editor} is what the protocol says`, async (context) => {
    await using server = await copyOfSamples();
    await using client = await startClient({ folders: [server.folder], capabilities });
    for (const [name, language] of Object.entries(DOCUMENTS)) await client.open(server.uri(name), language);
    const answers = createAnswers();
    await askEverything(client, server, answers);
    if (capabilities === PLAIN_EDITOR) {
      for (const name of Object.keys(DOCUMENTS))
        answers.add("textDocument/publishDiagnostics", await client.pushed(server.uri(name)));
    }
    assert.equal(await answers.check(capabilities === VS_CODE ? "vscode" : "plain"), "");
    const counts = [...answers.counts()];
    assert.ok(counts.length >= 23, counts.map(([method]) => method).join(" "));
    context.diagnostic(counts.map(([method, count]) => `${count} ${method}`).join(", "));
    assert.deepEqual(client.log, []);
  });
}

test("problems that are pulled are the problems that are pushed", async () => {
  await using server = await copyOfSamples();
  await using pulling = await startClient({ folders: [server.folder] });
  await using pushed = await startClient({ folders: [server.folder], capabilities: PLAIN_EDITOR });
  for (const [name, language] of Object.entries(DOCUMENTS)) {
    await pulling.open(server.uri(name), language);
    await pushed.open(server.uri(name), language);
  }
  for (const name of Object.keys(DOCUMENTS)) {
    const uri = server.uri(name);
    assert.deepEqual((await pushed.pushed(uri)).diagnostics, await pulling.diagnostics(uri), name);
  }
});

test("the checker finds what is wrong", async () => {
  const answers = createAnswers();
  answers.add("textDocument/hover", { contents: { kind: "html", value: "x" } });
  answers.add("textDocument/foldingRange", [{ startLine: -1, endLine: 2, colour: "red" }]);
  const word = await answers.check("wrong");
  assert.match(word, /"html"|'html'/);
  assert.match(word, /colour/);
  assert.match(word, /startLine: -1/);
});
