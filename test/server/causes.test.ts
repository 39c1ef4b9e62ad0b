import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Location, MarkupContent } from "vscode-languageserver";
import { messageOf, PLAIN_EDITOR, startClient } from "./client.ts";

const URI = "file:///var/log/nowhere/mail.log";
const LOG = [
  "Nov 22 10:00:01 mx1 postfix/smtpd[7]: warning: lmdb:/etc/postfix/virtual is unavailable. open database /etc/postfix/virtual.lmdb: No such file or directory",
  'Nov 22 10:00:01 mx1 postfix/smtpd[7]: warning: lmdb:/etc/postfix/virtual lookup error for "u@example.com"',
  "Nov 22 10:00:02 mx1 postfix/smtpd[7]: NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 451 4.3.0 <u@example.com>: Temporary lookup failure; from=<s@a.example> to=<u@example.com> proto=ESMTP helo=<a.example>",
  "",
];
const SYMPTOM = { line: 2, character: 110 };

test("a consequence names its cause: related lines, a link in the hover, go to definition", async () => {
  await using client = await startClient();
  await client.open(URI, "postfix-log", LOG.join("\n"));
  const problem = (await client.diagnostics(URI)).find(({ code }) => code === "temporary-lookup-failure");
  assert.match(messageOf(problem), /\nBecause of line 1: A lookup table cannot be used at all\.$/);
  const related = problem?.relatedInformation?.map(({ location, message }) => [
    location.uri,
    location.range.start.line,
    message,
  ]);
  assert.deepEqual(related, [
    [URI, 1, 'warning: lmdb:/etc/postfix/virtual lookup error for "u@example.com"'],
    [
      URI,
      0,
      "warning: lmdb:/etc/postfix/virtual is unavailable. open database /etc/postfix/virtual.lmdb: No such file or directory",
    ],
  ]);

  const hover = await client.hover(URI, SYMPTOM.line, SYMPTOM.character);
  assert.ok(MarkupContent.is(hover?.contents));
  assert.ok(hover.contents.value.includes(`**Because of [line 1](${URI}#L1):**`), hover.contents.value);
  assert.ok(hover.contents.value.includes(`It led here through [line 2](${URI}#L2).`));

  const definition = await client.request<Location[]>("textDocument/definition", URI, { position: SYMPTOM });
  assert.deepEqual(
    definition.map(({ uri, range }) => [uri, range.start.line]),
    [[URI, 0]],
  );
});

test("an editor that shows no related information is told in the message", async () => {
  await using client = await startClient({ capabilities: PLAIN_EDITOR });
  await client.open(URI, "postfix-log", LOG.join("\n"));
  const { diagnostics } = await client.pushed(URI);
  assert.ok(diagnostics.every(({ relatedInformation }) => relatedInformation === undefined));
  assert.ok(diagnostics.some((one) => messageOf(one).includes("Because of line 1: ")));
});

test("which program runs behind a transport says the master.cf beside the log", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "postmaster-causes-"));
  try {
    await writeFile(path.join(folder, "main.cf"), "myhostname = mx1.example.com\n");
    await writeFile(
      path.join(folder, "master.cf"),
      "dovecot unix - n n - - pipe\n  flags=R user=vmail argv=/bin/true\n",
    );
    await using client = await startClient({ folders: [folder] });
    const uri = pathToFileURL(path.join(folder, "mail.log")).href;
    const log = [
      "Nov 22 10:00:01 mx1 postfix/pipe[9]: fatal: get_service_attr: unknown username: vmail",
      "Nov 22 10:00:02 mx1 postfix/qmgr[3]: warning: private/dovecot socket: malformed response",
    ];
    await client.open(uri, "postfix-log", log.join("\n"));
    const found = (await client.diagnostics(uri)).find(({ range }) => range.start.line === 1);
    assert.deepEqual(
      found?.relatedInformation?.map(({ location }) => location.range.start.line),
      [0],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
