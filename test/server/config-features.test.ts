import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentLink,
  FoldingRange,
  InlayHint,
  Location,
  Registration,
  SelectionRange,
  SignatureHelp,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { type ClientOptions, startClient, type TestClient } from "./client.ts";
import { type Scratch, scratchFolder } from "./scratch.ts";

const MAIN = `my_domain = example.com
myhostname=mail.$my_domain
smtpd_sender_restrictions =
    check_sender_access hash:/etc/postfix/sender_access
    permit_mynetworks
`;
const FILES = {
  "etc/postfix/main.cf": MAIN,
  "etc/postfix/master.cf": "smtp inet n - y - - smtpd\n  -o myorigin=$my_domain\n",
  "etc/postfix/sender_access": "a.example OK\nA.example REJECT\n",
};

/** A client with a configuration in its workspace, main.cf open. */
async function open(options: ClientOptions = {}): Promise<{ scratch: Scratch; client: TestClient; main: string }> {
  const scratch = await scratchFolder(FILES);
  const client = await startClient({ folders: [scratch.folder], ...options });
  const main = scratch.uri("etc/postfix/main.cf");
  await client.open(main, "postfix-main-cf");
  return { scratch, client, main };
}

const at = (line: number, character: number) => ({ position: { line, character } });

test("completion, its documentation, and snippets only where they are understood", async () => {
  const { scratch, client, main } = await open();
  await using _ = scratch;
  await using __ = client;
  const { items } = await client.request<CompletionList>("textDocument/completion", main, at(4, 4));
  const access = items.find(({ label }) => label === "check_helo_access");
  assert.equal(access?.insertTextFormat, 2);
  assert.equal(access?.documentation, undefined, "comes when it is looked at");
  await using plain = await startClient({ folders: [scratch.folder], capabilities: {} });
  await plain.open(main, "postfix-main-cf");
  const [first] = (await plain.request<CompletionItem[]>("textDocument/completion", main, at(4, 4))).filter(
    ({ label }) => label === "check_helo_access",
  );
  assert.deepEqual([first?.insertTextFormat, first?.textEdit?.newText], [undefined, "check_helo_access "]);
});

test("what all names of parameters have in common is said once to an editor that understands it", async () => {
  const { scratch, client, main } = await open();
  await using _ = scratch;
  await using __ = client;
  await client.change(main, [{ text: "myhostname = mail.example.com\nmyd\n" }]);
  const list = await client.request<CompletionList>("textDocument/completion", main, at(1, 3));
  const origin = list.items.find(({ label }) => label === "mydomain");
  assert.deepEqual(list.itemDefaults, {
    editRange: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
    data: "parameter",
  });
  assert.deepEqual([origin?.textEditText, origin?.textEdit, origin?.data], ["mydomain = ", undefined, undefined]);
  // An editor gives each item what was said for all.
  const data: unknown = list.itemDefaults?.data;
  const shown = await client.request<CompletionItem>("completionItem/resolve", main, { ...origin, data });
  assert.match(JSON.stringify(shown.documentation), /mydomain/);

  await using plain = await startClient({ folders: [scratch.folder], capabilities: {} });
  await plain.open(main, "postfix-main-cf", "myhostname = mail.example.com\nmyd\n");
  const items = await plain.request<CompletionItem[]>("textDocument/completion", main, at(1, 3));
  const same = items.find(({ label }) => label === "mydomain");
  assert.deepEqual(
    [same?.textEdit?.newText, same?.textEditText, same?.data],
    ["mydomain = ", undefined, "parameter mydomain"],
  );
});

test("what all names end in is said once to a client that writes it behind them", async () => {
  const { scratch, client, main } = await open({ options: { addsCommonEnd: true } });
  await using _ = scratch;
  await using __ = client;
  await client.change(main, [{ text: "myhostname = mail.example.com\nmyd\n" }]);
  const list = await client.request<CompletionList>("textDocument/completion", main, at(1, 3));
  const data: unknown = list.itemDefaults?.data;
  assert.deepEqual(data, { kind: "parameter", end: " = " });
  assert.deepEqual(
    list.items.filter(({ textEditText }) => textEditText !== undefined),
    [],
  );
  const origin = list.items.find(({ label }) => label === "mydomain");
  const shown = await client.request<CompletionItem>("completionItem/resolve", main, { ...origin, data });
  assert.match(JSON.stringify(shown.documentation), /mydomain/);
  // A value's words have places to fill in: each says itself what it inserts.
  await client.change(main, [{ text: "smtpd_helo_restrictions =\n    \n" }]);
  const words = await client.request<CompletionList>("textDocument/completion", main, at(1, 4));
  assert.equal(words.itemDefaults?.data, "restriction");
  const access = words.items.find(({ label }) => label === "check_helo_access");
  assert.match(access?.textEditText ?? "", /^check_helo_access \S/);
});

test("what is typed counts at once, saved or not", async () => {
  const { scratch, client, main } = await open();
  await using _ = scratch;
  await using __ = client;
  await client.change(main, [
    { range: { start: { line: 0, character: 12 }, end: { line: 0, character: 23 } }, text: "other.example" },
  ]);
  const hints = await client.request<InlayHint[]>("textDocument/inlayHint", main, { range: range(0, 9) });
  assert.deepEqual(
    hints.map(({ label, position }) => [label, position.line]),
    [["= mail.other.example", 1]],
  );
  await client.changeSettings({ inlayHints: { values: false } });
  assert.deepEqual(await client.request<InlayHint[]>("textDocument/inlayHint", main, { range: range(0, 9) }), []);
});

test("definition, references and rename go over files", async () => {
  const { scratch, client, main } = await open();
  await using _ = scratch;
  await using __ = client;
  const table = await client.request<Location[]>("textDocument/definition", main, at(3, 40));
  assert.deepEqual(table, [{ uri: scratch.uri("etc/postfix/sender_access"), range: range(0, 0) }]);
  const places = await client.request<Location[]>("textDocument/references", main, {
    ...at(0, 2),
    context: { includeDeclaration: false },
  });
  assert.deepEqual(
    places.map(({ uri }) => uri),
    [main, scratch.uri("etc/postfix/master.cf")],
  );
  const edit = await client.request<WorkspaceEdit>("textDocument/rename", main, { ...at(0, 2), newName: "our_domain" });
  await client.apply(edit);
  assert.equal(client.text(main), MAIN.replaceAll("my_domain", "our_domain"));
  assert.match(await scratch.read("etc/postfix/master.cf"), /\$our_domain/);
  await assert.rejects(client.request("textDocument/prepareRename", main, at(1, 2)), /parameter of Postfix/);
});

test("a file that changes on disk is seen when the editor says so", async () => {
  const { scratch, client, main } = await open();
  await using _ = scratch;
  await using __ = client;
  const table = scratch.uri("etc/postfix/sender_access");
  await client.open(table, "postfix-table");
  const lens = async () =>
    (await client.request<CodeLens[]>("textDocument/codeLens", table)).map(({ command }) => command?.title);
  assert.deepEqual(await lens(), ["used by 1 restriction, 2 keys", "1 duplicate key"]);
  await client.change(main, [{ text: "" }]);
  assert.deepEqual(await lens(), ["used by nothing in this configuration, 2 keys", "1 duplicate key"]);
  await client.changeSettings({ codeLens: false });
  assert.deepEqual(await lens(), []);
});

test("a table shows what the rules find in it, as severe as the user wants it", async () => {
  const { scratch, client } = await open();
  await using _ = scratch;
  await using __ = client;
  const table = scratch.uri("etc/postfix/sender_access");
  await client.open(table, "postfix-table");
  const [finding, ...others] = await client.diagnostics(table);
  assert.deepEqual(others, []);
  assert.equal(finding?.code, "duplicate-key");
  assert.equal(finding.range.start.line, 1);
  await client.changeSettings({ rules: { severity: { "duplicate-key": "off" } } });
  assert.deepEqual(await client.diagnostics(table), []);
});

test("the rest of the features, each once", async () => {
  const { scratch, client, main } = await open();
  await using _ = scratch;
  await using __ = client;
  assert.equal((await client.symbols(main)).length, 3);
  assert.deepEqual(await client.request<FoldingRange[]>("textDocument/foldingRange", main), [
    { startLine: 2, endLine: 4 },
  ]);
  const links = await client.request<DocumentLink[]>("textDocument/documentLink", main);
  assert.deepEqual(
    links.map(({ target }) => target),
    [scratch.uri("etc/postfix/sender_access")],
  );
  const [selection] = await client.request<SelectionRange[]>("textDocument/selectionRange", main, {
    positions: [{ line: 4, character: 6 }],
  });
  assert.deepEqual(selection?.range, { start: { line: 4, character: 4 }, end: { line: 4, character: 21 } });
  const help = await client.request<SignatureHelp>("textDocument/signatureHelp", main, at(3, 30));
  assert.equal(help.signatures[0]?.label, "check_sender_access type:table");
  const options = { tabSize: 4, insertSpaces: true };
  const edits = await client.request<TextEdit[]>("textDocument/formatting", main, { options });
  assert.ok(edits.length > 0);
  await client.apply({ changes: { [main]: edits } });
  assert.match(client.text(main), /^my_domain  = example\.com\nmyhostname = mail\.\$my_domain\n/);
  assert.deepEqual(await client.request<TextEdit[]>("textDocument/formatting", main, { options }), []);
  const names = await client.request<SymbolInformation[]>("workspace/symbol", main, { query: "myhost" });
  assert.deepEqual(
    names.map(({ name }) => name),
    ["myhostname"],
  );
  assert.deepEqual(client.log, []);
});

test("a request that is given up is not answered", async () => {
  const { scratch, client, main } = await open();
  await using _ = scratch;
  await using __ = client;
  await assert.rejects(
    client.askAndCancel("textDocument/completion", { textDocument: { uri: main }, ...at(4, 4) }),
    /cancel/i,
  );
});

test("a document of no configuration, of an unknown language or without text is no trouble", async () => {
  await using client = await startClient();
  for (const [uri, language] of [
    ["untitled:Untitled-1", "postfix-main-cf"],
    ["file:///srv/nowhere/access", "postfix-table"],
    ["file:///srv/nowhere/readme", "plaintext"],
  ] as const) {
    await client.open(uri, language, "a = $b\n");
    for (const method of ["codeLens", "foldingRange", "documentLink", "documentSymbol"]) {
      assert.ok(Array.isArray(await client.request(`textDocument/${method}`, uri)), method);
    }
    const offered = await client.request<CompletionItem[] | CompletionList>("textDocument/completion", uri, at(0, 3));
    assert.ok(Array.isArray("items" in offered ? offered.items : offered));
  }
  assert.deepEqual(client.log, []);
});

function range(from: number, to: number) {
  return { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
}

test("a file that was closed, changed on disk and opened again counts as it is now, though its version begins anew", async () => {
  const { scratch, client, main } = await open();
  await using _ = scratch;
  await using __ = client;
  const codes = async (): Promise<readonly unknown[]> => (await client.diagnostics(main)).map(({ code }) => code);
  assert.deepEqual(await codes(), []);
  await client.close(main);
  await client.open(main, "postfix-main-cf", `${MAIN}smptd_banner = hello\n`);
  assert.deepEqual(await codes(), ["unused-parameter"]);
});

test("an editor that can be told so offers to rename and to format in configuration files, and the hops of a mail in logs", async () => {
  const { scratch, client, main } = await open();
  await using _ = scratch;
  await using __ = client;
  const { capabilities } = client.initialized;
  assert.deepEqual(
    [
      capabilities.renameProvider,
      capabilities.documentFormattingProvider,
      capabilities.documentRangeFormattingProvider,
    ],
    [undefined, undefined, undefined],
  );
  for (const method of ["textDocument/rename", "textDocument/formatting", "textDocument/rangeFormatting"]) {
    const languages = languagesOf(client.registered.find((one) => one.method === method));
    assert.ok(languages.includes("postfix-main-cf") && languages.includes("postfix-cidr-table"), method);
    assert.ok(!languages.includes("postfix-log"), method);
  }
  assert.deepEqual(capabilities.callHierarchyProvider, { documentSelector: [{ language: "postfix-log" }] });
  assert.notEqual((await client.request<TextEdit[]>("textDocument/formatting", main, { options: {} })).length, 0);
});

test("an editor that can only be told of all documents at once may rename and format too", async () => {
  await using client = await startClient({ capabilities: { textDocument: { rename: { prepareSupport: true } } } });
  const { capabilities } = client.initialized;
  assert.deepEqual(capabilities.renameProvider, { prepareProvider: true });
  assert.equal(capabilities.documentFormattingProvider, true);
  assert.equal(capabilities.documentRangeFormattingProvider, true);
  assert.deepEqual(client.registered, []);
});

function languagesOf(registration: Registration | undefined): readonly unknown[] {
  const options: unknown = registration?.registerOptions;
  assert.ok(typeof options === "object" && options !== null && "documentSelector" in options);
  assert.ok(Array.isArray(options.documentSelector));
  return options.documentSelector.map((filter: { readonly language: string }) => filter.language);
}
