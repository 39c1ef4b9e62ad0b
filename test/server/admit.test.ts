import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeLens } from "vscode-languageserver";
import { startClient } from "./client.ts";
import { scratchFolder } from "./scratch.ts";

const FILES = {
  "etc/postfix/main.cf": `mydestination = example.com
local_recipient_maps = inline:{anna=x}
mynetworks = 127.0.0.1
smtpd_client_restrictions =
    check_client_access hash:/etc/postfix/clients
smtpd_relay_restrictions = reject_unauth_destination
`,
  "etc/postfix/master.cf":
    "submission inet n - y - - smtpd\n  -o { smtpd_client_restrictions = permit_sasl_authenticated, reject }\nsmtp inet n - y - - smtpd\n",
  "etc/postfix/clients": "# those\n192.0.2.1 REJECT go\u202e away\n",
};
const SESSION = {
  client: "192.0.2.1/mail.example.org",
  reverseName: null,
  helo: "mail.example.org",
  sender: "x@example.org",
  recipient: "anna@example.com",
  login: null,
  tls: false,
};

test("would this be let in, with a link to every line", async () => {
  await using scratch = await scratchFolder(FILES);
  await using client = await startClient({ folders: [scratch.folder], options: { clientCommands: true } });
  const uri = scratch.uri("etc/postfix/main.cf");
  await client.open(uri, "postfix-main-cf");
  const asked = { uri, service: null, session: SESSION, assumptions: [] };
  const { text, links, problem } = await client.ask("postmaster/admit", asked);
  assert.equal(problem, null);
  assert.match(text, /^=> x check_client_access hash:\/etc\/postfix\/clients {2}REJECT go\\u\{202e\} away/m);
  assert.match(text, /^Refused at RCPT TO: 554 5\.7\.1 /m);
  const lines = text.split("\n");
  const named = links.map(({ range, uri: target, position }) => [
    lines[range.start.line]?.slice(range.start.character, range.end.character),
    target.slice(target.lastIndexOf("/") + 1),
    position.line,
  ]);
  assert.deepEqual(named, [
    ["main.cf:5", "main.cf", 4],
    ["clients:2", "clients", 1],
  ]);
  // What is typed counts, saved or not.
  await client.change(uri, [
    {
      text: "mydestination = example.com\nlocal_recipient_maps =\nsmtpd_relay_restrictions = reject_unauth_destination\n",
    },
  ]);
  assert.match((await client.ask("postmaster/admit", asked)).text, /\nLet in\.\n$/);
});

test("what is not known is told from where it stands, and the question asked again", async () => {
  const files = {
    ...FILES,
    "etc/postfix/main.cf":
      "mydestination = example.com\nlocal_recipient_maps =\nsmtpd_relay_restrictions = reject_rbl_client zen.example, reject_unauth_destination\n",
  };
  await using scratch = await scratchFolder(files);
  await using client = await startClient({ folders: [scratch.folder] });
  const asked = { uri: scratch.uri("etc/postfix/main.cf"), service: null, session: SESSION, assumptions: [] };
  const { text, tells } = await client.ask("postmaster/admit", asked);
  const [tell, ...others] = tells;
  assert.ok(tell !== undefined && others.length === 0, text);
  const { start, end } = tell.range;
  const words = text.split("\n")[start.line]?.slice(start.character, end.character);
  assert.equal(words, `Tell: ${tell.assumption}`);
  assert.equal(tell.assumption, "reject_rbl_client zen.example=pass");
  const assumptions = [tell.assumption.replace("pass", "reject")];
  const again = await client.ask("postmaster/admit", { ...asked, assumptions });
  assert.match(again.text, /^=> x reject_rbl_client zen\.example /m);
  assert.deepEqual(again.tells, []);
});

test("services, and what cannot be asked", async () => {
  await using scratch = await scratchFolder(FILES);
  await using client = await startClient({ folders: [scratch.folder] });
  const uri = scratch.uri("etc/postfix/main.cf");
  assert.deepEqual(await client.ask("postmaster/smtpdServices", { uri }), ["smtp", "submission"]);
  const asked = { uri, service: "submission", session: SESSION, assumptions: [] };
  assert.match((await client.ask("postmaster/admit", asked)).text, /^submission\/inet of .*\n[^]*=> x reject /);
  const wrong = await client.ask("postmaster/admit", { ...asked, session: { ...SESSION, client: "nobody" } });
  assert.match(wrong.problem ?? "", /an address, or address\/name, not “nobody”/);
  const none = await client.ask("postmaster/admit", { ...asked, service: "smtps" });
  assert.match(none.problem ?? "", /no smtpd service smtps/);
});

test("the question stands above the restriction lists where the editor can ask it", async () => {
  await using scratch = await scratchFolder(FILES);
  const uri = scratch.uri("etc/postfix/main.cf");
  for (const clientCommands of [true, false]) {
    await using client = await startClient({ folders: [scratch.folder], options: { clientCommands } });
    await client.open(uri, "postfix-main-cf");
    const lenses = await client.request<CodeLens[]>("textDocument/codeLens", uri);
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.command]),
      clientCommands ? [[3, "postmaster.admit"]] : [],
    );
  }
});
