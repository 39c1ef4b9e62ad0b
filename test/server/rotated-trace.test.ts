import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { startClient } from "./client.ts";
import { type Scratch, scratchFolder } from "./scratch.ts";

const AWAY = [
  "Nov 22 05:59:57 mx1 postfix/qmgr[3]: 4Zx1Qk0Y1Mz3kT: removed",
  "Nov 22 05:59:58 mx1 postfix/smtpd[7]: 1A2B3C4D5E: client=a.example[192.0.2.1]",
  "Nov 22 05:59:58 mx1 postfix/cleanup[8]: 1A2B3C4D5E: message-id=<m1@a.example>",
  "Nov 22 05:59:59 mx1 postfix/qmgr[3]: 1A2B3C4D5E: from=<s@a.example>, size=100, nrcpt=1 (queue active)",
  "",
].join("\n");
const LOG = [
  "Nov 22 06:00:01 mx1 postfix/smtp[9]: 1A2B3C4D5E: to=<y@b.example>, relay=mx.b.example[192.0.2.9]:25, delay=3, delays=1/0/1/1, dsn=2.0.0, status=sent (250 2.0.0 Ok)",
  "Nov 22 06:00:01 mx1 postfix/qmgr[3]: 1A2B3C4D5E: removed",
  "",
].join("\n");

/** The view of the mail in the second line of the open mail.log. */
async function viewIn(scratch: Scratch, log = LOG): Promise<string> {
  await using client = await startClient({ folders: [scratch.folder], options: { clientCommands: true } });
  const uri = scratch.uri("mail.log");
  await client.open(uri, "postfix-log", log);
  const { html, problem } = await client.ask("postmaster/trace", { uri, line: 1, character: 40 });
  assert.equal(problem, null);
  return html ?? "";
}

/** What the button for a line carries. */
const button = (log: string, line: number): string => JSON.stringify({ log, line }).replaceAll('"', "&quot;");

test("a mail that came before the rotation: its first lines are those of the file before, each one click away there", async () => {
  await using scratch = await scratchFolder({ "mail.log": LOG, "mail.log.1": AWAY });
  const view = await viewIn(scratch);
  assert.ok(view.includes("a.example[192.0.2.1]") && view.includes("5 lines"), view);
  assert.ok(!view.includes("Missing"), view);
  assert.ok(view.includes(button(scratch.path("mail.log.1"), 2)) && view.includes("line 2 of mail.log.1"), view);
  assert.ok(view.includes(button(scratch.path("mail.log"), 1)), "the lines of the open log are its own");
});

test("of a long file its end alone is looked at, and its lines have their numbers in the file", async () => {
  const noise = "Nov 22 05:00:00 mx1 postfix/qmgr[3]: 4Zx1Qk0Y1Mz3kT: removed\n".repeat(70_000);
  await using scratch = await scratchFolder({ "mail.log": LOG, "mail.log.1.gz": gzipSync(noise + AWAY) });
  assert.ok((await viewIn(scratch)).includes(button(scratch.path("mail.log.1.gz"), 70_002)));
});

test("what is not there either is missing still; another mail's lines are not this one's", async () => {
  await using scratch = await scratchFolder({
    "mail.log": LOG,
    "mail.log.1": AWAY.replaceAll("1A2B3C4D5E", "9A2B3C4D5E"),
  });
  const view = await viewIn(scratch);
  assert.ok(view.includes("Missing") && !view.includes("a.example[192.0.2.1]"), view);
});

test("a mail whose lines are all here is told by its own log", async () => {
  await using scratch = await scratchFolder({ "mail.log": AWAY + LOG, "mail.log.1": AWAY });
  const view = await viewIn(scratch, AWAY + LOG);
  assert.ok(!view.includes("mail.log.1") && !view.includes("Missing"), view);
});
