import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { type Hover, LSPErrorCodes, MarkupContent, ResponseError } from "vscode-languageserver";
import { startStdioServer } from "../doors/lib/stdio-server.ts";
import { eventually } from "../eventually.ts";
import { messageOf, startClient, type TestClient } from "./client.ts";

const URI = "file:///var/log/nowhere/mail.log";
const MAIN_CF = "file:///var/log/nowhere/main.cf";
const HEAD = "Nov 22 10:00:02 mx1 postfix/smtpd[210]: ";
const CONNECT = `${HEAD}connect from mail.example.org[192.0.2.1]\n`;
const REJECT = `${HEAD}NOQUEUE: reject: RCPT from pc[192.0.2.7]: 504 5.5.2 <PC7>: Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<PC7>\n`;
const REFUSED = "Nov 22 10:00:04 mx1 postfix/smtp[211]: connect to 127.0.0.1[127.0.0.1]:10024: Connection refused\n";
const MAIL = `${HEAD}4TZQ1k3mCbz9Yx: client=mail.example.org[192.0.2.1]\nNov 22 10:00:02 mx1 postfix/qmgr[1]: 4TZQ1k3mCbz9Yx: removed\n`;

/** A log of about so many characters, a mail at its beginning, a problem in each ten lines. */
function logOf(characters: number): string {
  const ten = CONNECT.repeat(9) + REJECT;
  return MAIL + ten.repeat(Math.ceil(characters / ten.length));
}

function at(line: number): { start: { line: number; character: number }; end: { line: number; character: number } } {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}

function textOf(hover: Hover | null): string {
  assert.ok(hover !== null && MarkupContent.is(hover.contents));
  return hover.contents.value;
}

async function assertAsFresh(client: TestClient): Promise<void> {
  await using fresh = await startClient();
  await fresh.open(URI, "postfix-log", client.text(URI));
  assert.deepEqual(await client.diagnostics(URI), await fresh.diagnostics(URI));
  assert.deepEqual(await client.symbols(URI), await fresh.symbols(URI));
}

test("while 50 MB are read that were pasted into a log, hovers are answered", async (context) => {
  const server = await startStdioServer(tmpdir(), []);
  context.after(() => server.stop());
  const { connection } = server;
  const hover = async (uri: string): Promise<number> => {
    const asked = performance.now();
    const position = { line: 0, character: 2 };
    await connection.sendRequest("textDocument/hover", { textDocument: { uri }, position });
    return performance.now() - asked;
  };
  const open = (uri: string, languageId: string, text: string): Promise<void> =>
    connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  await open(MAIN_CF, "postfix-main-cf", "myhostname = mail.example.com\n");
  await open(URI, "postfix-log", logOf(100_000));
  await connection.sendRequest("textDocument/diagnostic", { textDocument: { uri: URI } });
  await Promise.all([hover(URI), hover(MAIN_CF)]);
  const text = logOf(50_000_000);

  // What the protocol takes to receive a message of this size: this one means nothing.
  await connection.sendNotification("$/nothing", { text });
  const empty = await hover(MAIN_CF);
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: URI, version: 2 },
    contentChanges: [{ range: at(0), text }],
  });
  const diagnosed = { at: 0 };
  const asked = performance.now();
  const report = connection.sendRequest("textDocument/diagnostic", { textDocument: { uri: URI } }).then((answer) => {
    diagnosed.at = performance.now();
    return answer;
  });
  const received = await hover(MAIN_CF);
  const waits: number[] = [];
  while (diagnosed.at === 0) waits.push(...(await Promise.all([hover(MAIN_CF), hover(URI)])));
  await report;
  const longest = Math.max(...waits);
  const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
  context.diagnostic(
    `received in ${milliseconds(received)} (an empty message: ${milliseconds(empty)}), diagnostics in ${milliseconds(diagnosed.at - asked)}, meanwhile ${waits.length} hovers of at most ${milliseconds(longest)}`,
  );
  // Read in one go it takes more than a second, and nobody is answered before.
  assert.ok(waits.length > 20, `${waits.length} hovers were answered meanwhile`);
  assert.ok(longest < 500, `a hover waited ${milliseconds(longest)}`);
});

test("what changes while a log is read is in what is said of it", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", logOf(1_500_000));
  const early = client.diagnosticReport(URI);
  await client.change(URI, [{ range: at(0), text: REFUSED }]);
  await client.change(URI, [{ range: at(100), text: logOf(200_000) }]);
  const outline = client.symbols(URI);
  await client.change(URI, [{ range: { start: at(5).start, end: at(3000).start }, text: "" }]);
  await client.change(URI, [{ range: at(1_000_000), text: `${MAIL}${REFUSED}` }]);
  assert.equal((await early).kind, "full");
  await assertAsFresh(client);
  assert.deepEqual(await outline, await client.symbols(URI));
  await client.change(URI, [{ text: logOf(300_000) }]);
  await assertAsFresh(client);
  assert.deepEqual(client.log, []);
});

test("an editor that cannot ask is told once a large log is read, of its last version", async () => {
  await using client = await startClient({ capabilities: {} });
  await client.open(URI, "postfix-log", logOf(1_000_000));
  await client.change(URI, [{ range: at(0), text: REFUSED }]);
  const { version, diagnostics } = await client.pushed(URI);
  assert.deepEqual([version, diagnostics.length, diagnostics[0]?.code], [2, 101, "amavis-not-running"]);
});

test("who no longer wants an answer has it at once, and who closes a log stops its being read", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", logOf(3_000_000));
  const answered: string[] = [];
  const wanted = client
    .diagnosticReport(URI)
    .then((report) => answered.push(`wanted: ${report.kind === "full" ? report.items.length : "unchanged"}`));
  await assert.rejects(
    client.askAndCancel("textDocument/diagnostic", { textDocument: { uri: URI } }),
    (error: unknown) => error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled,
  );
  answered.push("cancelled");
  await client.close(URI);
  await wanted;
  assert.deepEqual(answered, ["cancelled", "wanted: 0"]);
  assert.deepEqual(client.log, []);
});

test("a hover in a log that is still being read tells its line, and later its mail", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", logOf(6_000_000));
  const hover = async (): Promise<string> => textOf(await client.hover(URI, 0, HEAD.length + 3));
  assert.match(await hover(), /still being read/);
  const told = await eventually("the log to be read", async () => {
    const said = await hover();
    return said.includes("still being read") ? null : said;
  });
  assert.match(told, /This mail:.*2 lines in this log/);
});

test("the numbers of what is not listed may be a moment old, and then the editor is asked to ask again", async () => {
  await using client = await startClient({ settings: { "problems.maxPerEntry": 5 } });
  await client.open(URI, "postfix-log", REJECT.repeat(10));
  const first = await client.diagnosticReport(URI);
  await client.change(URI, [{ range: at(10), text: CONNECT }]);
  assert.equal((await client.diagnosticReport(URI, first.resultId)).kind, "unchanged");
  await client.change(URI, [{ range: at(11), text: REJECT }]);
  assert.equal((await client.diagnosticReport(URI, first.resultId)).kind, "unchanged");
  assert.equal(client.refreshes.diagnostics, 0);

  await eventually("the editor to be asked to ask again", () => client.refreshes.diagnostics > 0);
  const later = await client.diagnosticReport(URI, first.resultId);
  assert.ok(later.kind === "full");
  assert.match(messageOf(later.items.at(-1)), /6 more of this kind/);

  await client.change(URI, [{ range: at(12), text: REFUSED }]);
  const listed = await client.diagnosticReport(URI, later.resultId);
  assert.ok(listed.kind === "full");
  assert.equal(listed.items.length, 6, "what comes to be listed is told at once");
});
