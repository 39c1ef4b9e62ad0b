import assert from "node:assert/strict";
import { test } from "node:test";
import type { Range } from "vscode-languageserver";
import { startClient, type TestClient } from "./client.ts";

const URI = "file:///var/log/nowhere/mail.log";
const LOG = `Nov 22 10:00:01 mx1 postfix/smtpd[210]: connect from mail.partner.example[203.0.113.7]
Nov 22 10:00:02 mx1 postfix/smtpd[210]: NOQUEUE: reject: RCPT from mail.partner.example[203.0.113.7]: 504 5.5.2 <PC7>: Helo command rejected: need fully-qualified hostname; from=<anna@partner.example> to=<bert@firm.example> proto=ESMTP helo=<PC7>
Nov 22 10:00:03 mx1 postfix/cleanup[211]: 4TZQ1k3mCbz9Yx: warning: header Subject: Salary of Bert from mail.partner.example[203.0.113.7]; from=<anna@partner.example> to=<bert@firm.example> proto=ESMTP helo=<mail.partner.example>
Nov 22 10:00:04 mx1 postfix/qmgr[212]: 4TZQ1k3mCbz9Yx: removed
`;
const LINES = LOG.split("\n").slice(0, -1);
const PRIVATE = /partner|firm|anna|bert|PC7|203\.0\.113\.7|mx1|Salary/i;

const range = (startLine: number, startCharacter: number, endLine: number, endCharacter: number): Range => ({
  start: { line: startLine, character: startCharacter },
  end: { line: endLine, character: endCharacter },
});

async function copied(client: TestClient, ...ranges: readonly Range[]): Promise<readonly string[]> {
  const { text, problem } = await client.ask("postmaster/redact", { uri: URI, ranges });
  assert.equal(problem, null);
  assert.ok(text !== null && text.endsWith("\n"));
  return text.split("\n").slice(0, -1);
}

test("a log is copied without what is private in it, and what is told of it is true", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", LOG);
  const { text, summary } = await client.ask("postmaster/redact", { uri: URI, ranges: [range(0, 3, 0, 3)] });
  assert.doesNotMatch(text ?? "", PRIVATE);
  const lines = (text ?? "").split("\n");
  assert.equal(lines.length, 5);
  for (const [index, line] of LINES.entries()) assert.equal(lines[index]?.slice(0, 16), line.slice(0, 16));
  assert.match(lines[3] ?? "", /postfix\/qmgr\[212\]: 4TZQ1k3mCbz9Yx: removed$/);
  assert.match(
    summary,
    /^Copied 4 lines\. Read before you post: 2 addresses, 2 host names, 1 IP address and \d other words replaced, the same by the same\. Kept: /,
  );

  await client.open("file:///var/log/nowhere/redacted.log", "postfix-log", text ?? "");
  const codes = async (uri: string): Promise<unknown> => (await client.diagnostics(uri)).map(({ code }) => code);
  assert.deepEqual(await codes("file:///var/log/nowhere/redacted.log"), await codes(URI), "it is still recognised");
});

test("of a selection whole lines are copied, each once and in order, with the same names as before", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", LOG);
  const whole = await copied(client);
  assert.deepEqual(await copied(client, range(1, 60, 1, 64)), [whole[1]]);
  assert.deepEqual(await copied(client, range(2, 5, 3, 9), range(0, 0, 1, 0), range(2, 1, 2, 4)), [
    whole[0],
    whole[2],
    whole[3],
  ]);
  assert.deepEqual(await copied(client, range(3, 0, 400, 0)), [whole[3]]);
});

test("names differ from one editor's life to the next", async () => {
  const copies: (readonly string[])[] = [];
  for (let round = 0; round < 2; round += 1) {
    await using client = await startClient();
    await client.open(URI, "postfix-log", LOG);
    copies.push(await copied(client, range(2, 0, 2, 9)));
  }
  assert.notDeepEqual(copies[0], copies[1]);
});

test("what is too large, no log, or no longer wanted is not copied, and it is said why", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", LOG.repeat(8000));
  const large = await client.ask("postmaster/redact", { uri: URI, ranges: [] });
  assert.equal(large.text, null);
  assert.match(large.problem ?? "", /^These lines are \d MB; up to 5 MB are copied/);
  const part = await client.ask("postmaster/redact", { uri: URI, ranges: [range(0, 0, 4, 0)] });
  assert.equal(part.text?.split("\n").length, 5);

  await client.open("file:///nowhere/main.cf", "postfix-main-cf", "myhostname = mx1.firm.example\n");
  const end = await client.ask("postmaster/redact", { uri: URI, ranges: [range(32_000, 0, 32_001, 5)] });
  assert.deepEqual([end.text, end.problem], [null, "There is no line to copy here."]);
  const other = await client.ask("postmaster/redact", { uri: "file:///nowhere/main.cf", ranges: [] });
  assert.deepEqual([other.text, other.problem], [null, "This is not an open mail log."]);

  await assert.rejects(client.askAndCancel("postmaster/redact", { uri: URI, ranges: [range(0, 0, 8000, 0)] }));
  assert.deepEqual(client.log, []);
});

test("a line without an end is left out, and other requests are answered while many lines are redacted", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", `${"x".repeat(60_000)}\n${LOG.repeat(300)}`);
  const answered: string[] = [];
  const redacted = client.ask("postmaster/redact", { uri: URI, ranges: [] }).then((result) => {
    answered.push("redacted");
    return result;
  });
  await client.hover(URI, 3, 0);
  answered.push("hover");
  const { text, summary } = await redacted;
  assert.deepEqual(answered, ["hover", "redacted"]);
  assert.match(text ?? "", /^\(a line too long for a log was left out\)\n/);
  assert.match(summary, /1 line is no longer recognised/);
});
