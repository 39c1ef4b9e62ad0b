import assert from "node:assert/strict";
import { test } from "node:test";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { messageOf, PLAIN_EDITOR, startClient } from "./client.ts";
import { markedLog } from "./marked-log.ts";

const URI = "file:///var/log/nowhere/mail.log";

/** The telling part is marked; lines that need no action and lines nobody knows are not. */
const { text: LOG, expected: EXPECTED } = markedLog(`
Nov 22 10:00:01 mx1 postfix/smtpd[210]: connect from mail.example.org[192.0.2.1]
Nov 22 10:00:02 mx1 postfix/smtpd[210]: NOQUEUE: reject: RCPT from pc[192.0.2.7]: 504 5.5.2 <PC7>: Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<PC7>
                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ helo-not-fqdn
Nov 22 10:00:03 mx1 postfix/smtpd[210]: NOQUEUE: reject: RCPT from s.example[192.0.2.9]: 451 4.7.1 <b@example.com>: Recipient address rejected: Intentional policy rejection, please try again later; from=<a@s.example> to=<b@example.com> proto=ESMTP helo=<s.example>
Nov 22 10:00:04 mx1 postfix/smtp[211]: connect to 127.0.0.1[127.0.0.1]:10024: Connection refused
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ amavis-not-running
Nov 22 10:00:05 mx1 something entirely different
`);

const REJECT = LOG.split("\n")[1] ?? "";

function places(diagnostics: readonly Diagnostic[]): unknown {
  return diagnostics.map(({ range, code }) => ({
    line: range.start.line,
    start: range.start.character,
    end: range.end.character,
    word: code,
  }));
}

test("each problem line has one diagnostic, over its telling part", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", LOG);

  const diagnostics = await client.diagnostics(URI);

  assert.deepEqual(places(diagnostics), EXPECTED);
  const [helo, amavis] = diagnostics;
  assert.equal(helo?.severity, DiagnosticSeverity.Warning);
  assert.equal(helo?.source, "postmaster");
  assert.match(helo?.codeDescription?.href ?? "", /^https:\/\//);
  assert.match(messageOf(helo), /PC7/);
  assert.equal(amavis?.severity, DiagnosticSeverity.Error);
});

test("lines that need no action are hints, and only if they are wanted", async () => {
  await using client = await startClient({ settings: { problems: { showBenign: true } } });
  await client.open(URI, "postfix-log", LOG);
  const shown = await client.diagnostics(URI);
  assert.deepEqual(
    shown.filter(({ severity }) => severity === DiagnosticSeverity.Hint).map(({ code }) => code),
    ["greylisting"],
  );

  await client.changeSettings({ problems: { showBenign: false } });
  assert.deepEqual(places(await client.diagnostics(URI)), EXPECTED);
  assert.equal(client.refreshes.diagnostics, 1);
});

test("an editor that cannot ask is sent the diagnostics of each version", async () => {
  await using client = await startClient({ capabilities: PLAIN_EDITOR });
  await client.open(URI, "postfix-log", LOG);
  assert.deepEqual(places(await client.diagnostics(URI)), EXPECTED);

  await client.change(URI, [{ range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }, text: "" }]);
  const { diagnostics } = await client.pushed(URI);
  assert.deepEqual(
    diagnostics.map(({ code, range }) => [code, range.start.line]),
    [["amavis-not-running", 2]],
  );
});

test("a log that did not change is not computed again", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", LOG);
  const first = await client.diagnosticReport(URI);
  const again = await client.diagnosticReport(URI, first.resultId);
  assert.equal(again.kind, "unchanged");

  await client.change(URI, [
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: `${REJECT}\n` },
  ]);
  const later = await client.diagnosticReport(URI, first.resultId);
  assert.equal(later.kind, "full");
  assert.equal(later.kind === "full" ? later.items.length : 0, EXPECTED.length + 1);
});

test("100,000 rejects are capped, and the last one listed says how many more there are", async () => {
  await using client = await startClient({ settings: { "problems.maxPerEntry": 50 } });
  const amavis = LOG.split("\n")[3] ?? "";
  await client.open(URI, "postfix-log", `${`${REJECT}\n`.repeat(100_000)}${amavis}\n`);

  const diagnostics = await client.diagnostics(URI);

  assert.equal(diagnostics.length, 51);
  assert.match(messageOf(diagnostics[49]), /99,950 more of this kind/);
  assert.equal(diagnostics.filter((diagnostic) => messageOf(diagnostic).includes("more of this kind")).length, 1);
  assert.equal(diagnostics[50]?.code, "amavis-not-running");
  assert.match(messageOf(diagnostics[50]), /99,950 problems of this log in all/);
});

test("the cap in all holds over all kinds", async () => {
  await using client = await startClient({ settings: { problems: { max: 3, maxPerEntry: 2 } } });
  const amavis = LOG.split("\n")[3] ?? "";
  await client.open(URI, "postfix-log", `${`${REJECT}\n`.repeat(5)}${`${amavis}\n`.repeat(5)}`);

  const diagnostics = await client.diagnostics(URI);

  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ["helo-not-fqdn", "helo-not-fqdn", "amavis-not-running"],
  );
  assert.match(messageOf(diagnostics[1]), /3 more of this kind/);
  assert.match(messageOf(diagnostics[2]), /4 more of this kind.*\n.*7 problems of this log in all/s);
});

test("the outline lists the problems by kind", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", `${REJECT}\n${LOG}`);
  const outline = await client.symbols(URI);
  assert.deepEqual(
    outline.map(({ detail, children }) => [detail, children?.map(({ range }) => range.start.line)]),
    [
      ["2", [0, 2]],
      ["1", [3]],
      ["1", [4]],
    ],
  );
  // What stands between the lines of one kind is not of that kind.
  assert.deepEqual(
    outline.map(({ range }) => [range.start.line, range.end.line]),
    [
      [0, 0],
      [3, 3],
      [4, 4],
    ],
  );
});
