import assert from "node:assert/strict";
import { rename, symlink, utimes } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { type Location, MarkupContent } from "vscode-languageserver";
import { type ClientOptions, startClient } from "./client.ts";
import { type Scratch, scratchFolder } from "./scratch.ts";

const AWAY = [
  "Nov 22 05:59:58 mx1 postfix/qmgr[3]: 4Zx1Qk0Y1Mz3kT: removed",
  "Nov 22 05:59:59 mx1 postfix/smtpd[7]: warning: lmdb:/etc/postfix/virtual is unavailable. open database /etc/postfix/virtual.lmdb: No such file or directory",
  'Nov 22 05:59:59 mx1 postfix/smtpd[7]: warning: lmdb:/etc/postfix/virtual lookup error for "u@example.com"',
  "",
].join("\n");
const REJECT =
  "mx1 postfix/smtpd[7]: NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 451 4.3.0 <u@example.com>: Temporary lookup failure; from=<s@a.example> to=<u@example.com> proto=ESMTP helo=<a.example>";
const LOG = `Nov 22 06:00:01 mx1 postfix/smtpd[9]: connect from b.example[192.0.2.9]\nNov 22 06:00:01 ${REJECT}\n`;
const SYMPTOM = { line: 1, character: 110 };

/** What the hover says of the cause, and where the definition leads, of the line in the open mail.log. */
async function asked(scratch: Scratch, options: ClientOptions = {}, log = LOG, line = SYMPTOM.line) {
  await using client = await startClient({ folders: [scratch.folder], ...options });
  const uri = scratch.uri("mail.log");
  await client.open(uri, "postfix-log", log);
  const hover = await client.hover(uri, line, SYMPTOM.character);
  assert.ok(MarkupContent.is(hover?.contents));
  const because = hover.contents.value.split("\n").find((text) => text.startsWith("**Because of")) ?? null;
  const position = { line, character: SYMPTOM.character };
  const places = await client.request<Location[]>("textDocument/definition", uri, { position });
  return { because, places: places.map((place) => [place.uri, place.range.start.line]) };
}

test("the cause of a line just behind a rotation stands in the file before, which is named and opened", async () => {
  await using scratch = await scratchFolder({ "mail.log": LOG, "mail.log.1": AWAY, "mail.log.2": AWAY });
  const { because, places } = await asked(scratch);
  const uri = scratch.uri("mail.log.1");
  assert.ok(
    because?.startsWith(`**Because of [line 2 of \`mail.log.1\`](${uri}#L2):** A lookup table cannot be used at all`),
    because ?? "nothing",
  );
  assert.ok(because?.includes(`It led here through [line 3 of \`mail.log.1\`](${uri}#L3).`), because ?? "nothing");
  assert.deepEqual(places, [[uri, 1]]);
});

test("lines are numbered from the beginning of a file of which only the end is looked at", async () => {
  const noise = "Nov 22 05:00:00 mx1 postfix/qmgr[3]: 4Zx1Qk0Y1Mz3kT: removed\n".repeat(70_000);
  await using scratch = await scratchFolder({ "mail.log": LOG, "mail.log-20261122": noise + AWAY });
  const { places } = await asked(scratch);
  assert.deepEqual(places, [[scratch.uri("mail.log-20261122"), 70_001]]);
});

test("a compressed file is read too: its line is told, and is the place for an editor that opens such files", async () => {
  await using scratch = await scratchFolder({ "mail.log": LOG, "mail.log.1.gz": gzipSync(AWAY) });
  const plain = await asked(scratch);
  assert.ok(plain.because?.startsWith("**Because of line 2 of `mail.log.1.gz`:** "), plain.because ?? "nothing");
  assert.deepEqual(plain.places, [[scratch.uri("mail.log.1.gz"), 1]]);
  const { because, places } = await asked(scratch, { options: { clientCommands: true } });
  assert.equal(because, plain.because);
  assert.deepEqual(places, [], "VS Code shows a report in its place");
});

test("the same evidence is asked for: not another process, not too long ago, not another year, not another log", async () => {
  const others = {
    "another process": { "mail.log.1": AWAY.replaceAll("smtpd[7]", "smtpd[8]") },
    "too long ago": { "mail.log.1": AWAY.replaceAll("05:59:5", "05:58:5") },
    "another log": { "dovecot.log.1": AWAY, "mail.log.1": "" },
  };
  for (const [words, files] of Object.entries(others)) {
    await using scratch = await scratchFolder({ "mail.log": LOG, ...files });
    assert.deepEqual(await asked(scratch), { because: null, places: [] }, words);
  }
  await using scratch = await scratchFolder({ "mail.log": LOG, "mail.log.1": AWAY });
  const lastYear = new Date(Date.now() - 366 * 86_400_000);
  await utimes(scratch.path("mail.log.1"), lastYear, lastYear);
  assert.deepEqual(await asked(scratch), { because: null, places: [] }, "another year");
});

test("what the log itself explains is not looked for elsewhere", async () => {
  const own = AWAY.replaceAll("05:59:59", "06:00:00") + LOG;
  await using scratch = await scratchFolder({ "mail.log": own, "mail.log.1": AWAY });
  const { places } = await asked(scratch, {}, own, 4);
  assert.deepEqual(places, [[scratch.uri("mail.log"), 1]]);
});

test("the file that takes the other's place after the next rotation is read anew", async () => {
  await using scratch = await scratchFolder({ "mail.log": LOG, "mail.log.1": "" });
  await using client = await startClient({ folders: [scratch.folder] });
  const uri = scratch.uri("mail.log");
  await client.open(uri, "postfix-log", LOG);
  const places = (): Promise<Location[]> => client.request("textDocument/definition", uri, { position: SYMPTOM });
  assert.deepEqual(await places(), []);
  await rename(scratch.path("mail.log.1"), scratch.path("mail.log.2"));
  await scratch.write("mail.log.1", AWAY);
  assert.deepEqual(
    (await places()).map((place) => place.uri),
    [scratch.uri("mail.log.1")],
  );
});

test("nothing is read beside a log outside of a workspace that is not trusted, nor where a link leads out", async () => {
  await using scratch = await scratchFolder({ "mail.log": LOG, "mail.log.1": AWAY });
  await using elsewhere = await scratchFolder({ secret: AWAY, "main.cf": "" });
  const nothing = { because: null, places: [] };
  const untrusted = { folders: [elsewhere.folder], options: { trusted: false } };
  assert.deepEqual(await asked(scratch, untrusted), nothing);
  assert.equal((await asked(scratch, { options: { trusted: false } })).places.length, 1, "it lies in the workspace");

  await using linked = await scratchFolder({ "mail.log": LOG });
  await symlink(elsewhere.path("secret"), linked.path("mail.log.1"));
  assert.deepEqual(await asked(linked), nothing);
});
