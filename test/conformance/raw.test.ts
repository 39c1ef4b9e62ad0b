import assert from "node:assert/strict";
import { test } from "node:test";
import type { CompletionItem, CompletionList } from "vscode-languageserver";
import { PLAIN_EDITOR, startClient, type TestClient } from "../server/client.ts";
import { copyOfSamples, type Scratch } from "../server/scratch.ts";
import { VS_CODE } from "../server/vs-code.ts";
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
    await askForFixes(client, uri, answers);
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
    await askAboutCalls(client, uri, position, answers);
    answers.add("textDocument/rename", await client.request("textDocument/rename", uri, more).catch(() => null));
  }
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

/** The hops of a mail, before it and after it. */
async function askAboutCalls(client: TestClient, uri: string, position: object, answers: Answers): Promise<void> {
  const prepare = "textDocument/prepareCallHierarchy";
  const items = await client.request<readonly object[] | null>(prepare, uri, { position });
  answers.add(prepare, items);
  for (const item of items ?? []) {
    for (const method of ["callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"])
      answers.add(method, await client.request(method, uri, { item }));
  }
}

async function askForFixes(client: TestClient, uri: string, answers: Answers): Promise<void> {
  for (const diagnostic of await client.diagnostics(uri)) {
    const actions = await client.actions(uri, diagnostic.range.start.line, [diagnostic]);
    answers.add("textDocument/codeAction", actions);
    for (const action of actions) {
      if (action.data !== undefined) answers.add("codeAction/resolve", await client.resolve(action));
    }
  }
}

for (const [editor, capabilities] of Object.entries({ "VS Code": VS_CODE, "an editor of 2016": PLAIN_EDITOR })) {
  test(`every answer to ${editor} is what the protocol says`, async (context) => {
    await using server = await copyOfSamples();
    const answers = createAnswers();
    const sent = (method: string, params: unknown): void => {
      if (!method.startsWith("postmaster/")) answers.addSent(method, params);
    };
    await using client = await startClient({ folders: [server.folder], capabilities, sent });
    for (const [name, language] of Object.entries(DOCUMENTS)) await client.open(server.uri(name), language);
    await askEverything(client, server, answers);
    if (capabilities === PLAIN_EDITOR) {
      for (const name of Object.keys(DOCUMENTS)) await client.pushed(server.uri(name));
    }
    assert.equal(await answers.check(capabilities === VS_CODE ? "vscode" : "plain"), "");
    const counts = [...answers.counts()];
    assert.ok(counts.length >= 27, counts.map(([method]) => method).join(" "));
    assert.ok((answers.counts().get("textDocument/codeAction") ?? 0) > 10);
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

const WRONG: readonly {
  readonly what: string;
  readonly method: string;
  readonly answer: unknown;
  readonly word: RegExp;
}[] = [
  {
    what: "another literal",
    method: "textDocument/hover",
    answer: { contents: { kind: "html", value: "" } },
    word: /html/,
  },
  {
    what: "an unknown property",
    method: "textDocument/foldingRange",
    answer: [{ startLine: 1, endLine: 2, colour: 1 }],
    word: /colour/,
  },
  {
    what: "no uinteger",
    method: "textDocument/foldingRange",
    answer: [{ startLine: -1, endLine: 2 }],
    word: /startLine: -1/,
  },
  { what: "a missing property", method: "textDocument/foldingRange", answer: [{ startLine: 1 }], word: /endLine/ },
  {
    what: "a number that the enumeration has not",
    method: "workspace/symbol",
    answer: [{ name: "", kind: 27, location: { uri: "file:///a" } }],
    word: /27/,
  },
  { what: "null where none may be", method: "textDocument/diagnostic", answer: null, word: /null/ },
  {
    what: "an optional property that is null",
    method: "textDocument/hover",
    answer: { contents: "", range: null },
    word: /null/,
  },
  {
    what: "a property of the union's other member",
    method: "textDocument/diagnostic",
    answer: { kind: "unchanged", resultId: "1", items: [] },
    word: /items/,
  },
  {
    what: "an addition to an open structure",
    method: "initialize",
    answer: { capabilities: {}, colour: 1 },
    word: /colour/,
  },
  {
    what: "a name instead of a URI",
    method: "textDocument/references",
    answer: [{ uri: "main.cf", range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } }],
    word: /main\.cf/,
  },
  { what: "a method that there is not", method: "textDocument/colour", answer: {}, word: /never/ },
];

for (const { what, method, answer, word } of WRONG) {
  test(`the checker finds ${what}`, async () => {
    const answers = createAnswers();
    answers.add(method, answer);
    assert.match(await answers.check("wrong"), word);
  });
}

test("the checker knows the answers that it is shown in the specification", async () => {
  const answers = createAnswers();
  answers.add("textDocument/hover", { contents: { kind: "markdown", value: "x" } });
  answers.add("textDocument/diagnostic", { kind: "unchanged", resultId: "1" });
  answers.add("textDocument/codeAction", [{ title: "x", command: "y", arguments: [{ any: [1, null] }] }]);
  answers.add("shutdown", null);
  answers.addSent("window/showMessage", { type: 1, message: "x" });
  assert.equal(await answers.check("right"), "");
});
