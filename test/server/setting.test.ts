import assert from "node:assert/strict";
import { test } from "node:test";
import type { Location } from "vscode-languageserver";
import { startClient, type TestClient } from "./client.ts";
import { copyOfSamples, scratchFolder } from "./scratch.ts";

/** Where going to the definition of some words of the log leads: file and text of the place. */
async function definitionOf(client: TestClient, uri: string, words: string): Promise<readonly string[]> {
  const text = client.text(uri);
  const line = text.split("\n").findIndex((one) => one.includes(words));
  const character = text.split("\n")[line]?.indexOf(words) ?? 0;
  const found = await client.request<Location[]>("textDocument/definition", uri, { position: { line, character } });
  return found.map(({ uri: file, range }) => `${file.slice(file.lastIndexOf("/") + 1)}:${range.start.line + 1}`);
}

test("from the words of a refusal to what said them: restriction, table line, -o", async () => {
  await using server = await copyOfSamples();
  await using client = await startClient({ folders: [server.folder] });
  const log = server.uri("mail.log");
  await client.open(log, "postfix-log");
  const lineOf = async (name: string, words: string): Promise<string> => {
    const text = await server.read(`postfix/${name}`);
    return `${name}:${text.split("\n").findIndex((line) => line.includes(words)) + 1}`;
  };
  const helo = await definitionOf(client, log, "<exchange.partner.local>: Helo command rejected");
  assert.equal(helo[0], await lineOf("helo_access.pcre", "(\\.local)$/"), "the table's line comes first");
  assert.equal(helo[1], await lineOf("main.cf", "check_helo_access"));
  assert.deepEqual(await definitionOf(client, log, "<victim@elsewhere.example>: Relay access denied"), [
    await lineOf("main.cf", "reject_unauth_destination"),
  ]);
  assert.deepEqual(await definitionOf(client, log, "<OFFICEPC7>: Helo command rejected: need"), [
    await lineOf("main.cf", "reject_non_fqdn_helo_hostname"),
  ]);
});

const LOG = [
  "Nov 22 10:00:00 mx1 postfix/submission/smtpd[7]: NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 554 5.7.1 <a.example[192.0.2.1]>: Client host rejected: Access denied; from=<s@a.example> to=<u@b.example> proto=ESMTP helo=<a.example>",
  "Nov 22 10:00:00 mx1 postfix/cleanup[8]: 1A2B3C4D5E: reject: header Subject: cheap pills from a.example[192.0.2.1]; from=<s@a.example> to=<u@b.example> proto=ESMTP helo=<a.example>: 5.7.1 No pills",
  "Nov 22 10:00:00 mx1 postfix/smtpd[9]: NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 554 5.7.1 <a.example[192.0.2.1]>: Client host rejected: you are no friend; from=<s@a.example> to=<u@b.example> proto=ESMTP helo=<a.example>",
  "Nov 22 10:00:00 mx1 postfix/smtpd[9]: connect from a.example[192.0.2.1]",
].join("\n");

test("the service of the line decides: its -o, not main.cf's list; a header's rule; nothing where nothing says it", async () => {
  await using server = await scratchFolder({
    "postfix/main.cf":
      "smtpd_relay_restrictions = reject_unauth_destination\nsmtpd_client_restrictions = permit_mynetworks, reject\nheader_checks = regexp:$config_directory/checks\n",
    "postfix/master.cf":
      "smtp inet n - y - - smtpd\n  -o smtpd_client_restrictions=\nsubmission inet n - y - - smtpd\n  -o syslog_name=postfix/submission\n  -o smtpd_client_restrictions=permit_sasl_authenticated,reject\n",
    "postfix/checks": "# what we do not want\n/^Subject: .*pills$/ REJECT No pills\n",
    "mail.log": LOG,
  });
  await using client = await startClient({ folders: [server.folder], options: { clientCommands: true } });
  const log = server.uri("mail.log");
  await client.open(log, "postfix-log");
  assert.deepEqual(await definitionOf(client, log, "<a.example[192.0.2.1]>: Client host rejected: Access"), [
    "master.cf:5",
  ]);
  const header = await client.ask("postmaster/setting", { uri: log, line: 1 });
  assert.deepEqual(
    header.places.map(({ range, words }) => [range.start.line, words]),
    [[1, "the rule in checks, a table of header_checks"]],
  );
  const gone = await client.ask("postmaster/setting", { uri: log, line: 2 });
  assert.deepEqual(gone.places, []);
  assert.match(gone.problem ?? "", /^Nothing in the configuration/);

  const titles = async (line: number): Promise<readonly string[]> =>
    (await client.actions(log, line)).map(({ title }) => title);
  assert.ok((await titles(0)).includes("Go to the setting that did this"));
  assert.ok(!(await titles(3)).includes("Go to the setting that did this"));
});
