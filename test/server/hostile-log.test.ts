import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkupContent } from "vscode-languageserver";
import { messageOf, startClient } from "./client.ts";
import { copyOfSamples } from "./scratch.ts";

/** What strangers might call themselves. */
const HELOS = [
  "[click](command:workbench.action.terminal.new)",
  "`](https://evil.example)`",
  "<img src=x onerror=alert(1)",
  "``` \u0060\u0060",
  "a\u202Egnp.exe",
  "b\u0007\u001B[31mred",
  "$(touch /tmp/x)",
  "x$/ OK",
  "| table | row",
  "C\u200B\u2066D\u2069",
  "\uD800",
];

function rejectLine(helo: string): string {
  return `Nov 22 10:00:02 mx1 postfix/smtpd[210]: NOQUEUE: reject: RCPT from pc[192.0.2.7]: 504 5.5.2 <${helo}>: Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<${helo}>`;
}

/** Control characters but line breaks, bidirectional and zero-width ones, lone surrogates. */
// oxlint-disable-next-line no-misleading-character-class
const UNSEEN =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

test("what a stranger sends stays text in hovers, diagnostics and titles", async () => {
  await using server = await copyOfSamples();
  await using client = await startClient({ folders: [server.folder], options: { clientCommands: true } });
  const uri = server.uri("hostile.log");
  await client.open(uri, "postfix-log", `${HELOS.map(rejectLine).join("\n")}\n`);
  const diagnostics = await client.diagnostics(uri);
  assert.equal(diagnostics.length, HELOS.length);

  for (const diagnostic of diagnostics) assert.doesNotMatch(messageOf(diagnostic), UNSEEN);
  for (const [line, helo] of HELOS.entries()) {
    const hover = await client.hover(uri, line, rejectLine(helo).indexOf("Helo command"));
    if (hover !== null) {
      assert.ok(MarkupContent.is(hover.contents));
      const outside = withoutCodeSpans(hover.contents.value);
      assert.doesNotMatch(hover.contents.value, UNSEEN, helo);
      assert.doesNotMatch(outside, /command:|evil\.example|onerror|touch/, helo);
    }
    for (const action of await client.actions(uri, line)) {
      assert.doesNotMatch(action.title, UNSEEN);
      assert.doesNotMatch(JSON.stringify(action.command ?? null), UNSEEN);
      const resolved = await client.resolve(action);
      for (const change of resolved.edit?.documentChanges ?? []) {
        assert.ok("edits" in change);
        for (const edit of change.edits)
          assert.doesNotMatch("newText" in edit ? edit.newText : "", /^\S.*\n\S.*\n\S/, helo);
      }
    }
  }
  assert.deepEqual(client.log, []);
});

test("half lines, NUL, lone carriage returns and a line of a megabyte are read without complaint", async () => {
  await using client = await startClient();
  const uri = "file:///var/log/nowhere/mail.log";
  const long = rejectLine("<:; ".repeat(250_000));
  await client.open(uri, "postfix-log", `${rejectLine("PC7").slice(0, 90)}\n\0\0\0\r${rejectLine("PC7")}\r\n${long}`);
  for (let line = 0; line < 4; line += 1) await client.hover(uri, line, 60);
  const diagnostics = await client.diagnostics(uri);
  assert.ok(diagnostics.some(({ range }) => range.start.line === 2));
  assert.deepEqual(client.log, []);
});

/** Markdown with its code spans taken out, as CommonMark finds them: a run of backticks to the next run of the same length. */
function withoutCodeSpans(markdown: string): string {
  let result = "";
  let at = 0;
  while (at < markdown.length) {
    const run = runAt(markdown, at);
    if (run === 0) {
      result += markdown[at];
      at += 1;
      continue;
    }
    const close = closingRun(markdown, at + run, run);
    if (close === -1) result += markdown.slice(at, at + run);
    at = close === -1 ? at + run : close + run;
  }
  return result;
}

function runAt(text: string, at: number): number {
  let length = 0;
  while (text[at + length] === "`") length += 1;
  return length;
}

function closingRun(text: string, from: number, length: number): number {
  for (let at = text.indexOf("`", from); at !== -1; at = text.indexOf("`", at)) {
    const run = runAt(text, at);
    if (run === length) return at;
    at += run;
  }
  return -1;
}
