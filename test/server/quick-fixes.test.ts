import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction, WorkspaceEdit } from "vscode-languageserver";
import { argumentOf, type ClientOptions, messageOf, startClient, type TestClient } from "./client.ts";
import { copyOfSamples, type Scratch, scratchFolder } from "./scratch.ts";
import { VS_CODE } from "./vs-code.ts";

/** The samples' log, opened in an editor whose workspace is the copy. */
async function openSamples(server: Scratch, options: ClientOptions = {}): Promise<{ client: TestClient; log: string }> {
  const client = await startClient({ folders: [server.folder], options: { clientCommands: true }, ...options });
  const log = server.uri("mail.log");
  await client.open(log, "postfix-log");
  return { client, log };
}

async function firstLineOf(client: TestClient, uri: string, code: string): Promise<number> {
  const found = (await client.diagnostics(uri)).find((diagnostic) => diagnostic.code === code);
  assert.ok(found, `no ${code} in this log`);
  return found.range.start.line;
}

async function actionOn(client: TestClient, uri: string, code: string, title: string): Promise<CodeAction> {
  const actions = await client.actions(uri, await firstLineOf(client, uri, code));
  const action = actions.find((one) => one.title.startsWith(title));
  assert.ok(action, `no "${title}" among ${actions.map((one) => one.title).join(" | ")}`);
  return action;
}

function needsConfirmation(edit: WorkspaceEdit | undefined): readonly (boolean | undefined)[] {
  return Object.values(edit?.changeAnnotations ?? {}).map((annotation) => annotation.needsConfirmation);
}

test("a safe fix is one edit, applied at once", async () => {
  await using server = await copyOfSamples();
  const { client, log } = await openSamples(server);
  await using _ = client;

  const action = await actionOn(client, log, "map-expansion-size", "Raise virtual_alias_expansion_limit");
  assert.equal(action.isPreferred, true);
  assert.equal(action.edit, undefined, "the edit is computed when it is asked for");
  const { edit, ...resolved } = await client.resolve(action);
  assert.deepEqual(needsConfirmation(edit), []);
  const before = await server.read("postfix/main.cf");
  await client.apply(edit ?? {});

  assert.equal(await server.read("postfix/main.cf"), `${before}virtual_alias_expansion_limit = 1500\n`);
  const after = argumentOf(resolved, "postmaster.afterFix");
  assert.deepEqual([after.commands, after.uris], [["postfix reload"], [server.uri("postfix/main.cf")]]);
});

test("a risky fix waits for its owner's tick and says what it costs", async () => {
  await using server = await copyOfSamples();
  const { client, log } = await openSamples(server);
  await using _ = client;

  const { edit } = await client.resolve(await actionOn(client, log, "helo-not-fqdn", "Accept the HELO name"));
  assert.deepEqual(needsConfirmation(edit), [true]);
  const [annotation] = Object.values(edit?.changeAnnotations ?? {});
  assert.match(annotation?.label ?? "", /^Risky: Accept the HELO name OFFICEPC7/);
  assert.match(annotation?.description ?? "", /^Tick to apply\. Every client that calls itself by this name/);
  await client.apply(edit ?? {});

  assert.match(await server.read("postfix/helo_access.pcre"), /^\/\^OFFICEPC7\$\/ OK$/m);
});

test("one operation edits every file that names the restriction", async () => {
  await using server = await copyOfSamples();
  const { client, log } = await openSamples(server);
  await using _ = client;

  const { edit } = await client.resolve(
    await actionOn(client, log, "sender-not-owned-by-user", "Let iRedAPD's plug-in"),
  );
  await client.apply(edit ?? {});

  assert.match(await server.read("iredapd/settings.py"), /'reject_sender_login_mismatch'/);
  assert.doesNotMatch(await server.read("postfix/main.cf"), /^[^#]*reject_sender_login_mismatch/m);
  assert.doesNotMatch(await server.read("postfix/master.cf"), /reject_sender_login_mismatch/);
});

test("each change also comes as commands to copy", async () => {
  await using server = await copyOfSamples();
  const { client, log } = await openSamples(server);
  await using _ = client;

  const copy = await actionOn(client, log, "map-expansion-size", "Copy as commands: Raise");
  assert.deepEqual(argumentOf(copy, "postmaster.copyCommands").commands, [
    "postconf -e 'virtual_alias_expansion_limit = 1500'",
    "postfix reload",
  ]);
  const start = await actionOn(client, log, "amavis-not-running", "Start Amavis again");
  assert.equal(start.title, "Start Amavis again (safe: copies commands): Debian, Ubuntu");
  assert.deepEqual(argumentOf(start, "postmaster.copyCommands").commands, ["systemctl restart amavis"]);
});

test("what the line does not say is asked for, and the answer is checked", async () => {
  await using server = await copyOfSamples();
  const { client, log } = await openSamples(server);
  await using _ = client;

  const action = await actionOn(client, log, "domain-in-two-classes", "Give this server another host name");
  const { question, ...wanted } = argumentOf(action, "postmaster.askThenFix");
  const answered = (answer: string) => client.ask("postmaster/fix", { ...wanted, answers: { [question.id]: answer } });

  const refused = await answered("mx.example.com\nmynetworks = 0.0.0.0/0");
  assert.equal(refused.edit, null);
  assert.match(refused.problem ?? "", /./);
  const accepted = await answered("mx1.example.com");
  assert.equal(accepted.problem, null);
  assert.deepEqual(needsConfirmation(accepted.edit ?? undefined), [true]);
  await client.apply(accepted.edit ?? {});
  assert.match(await server.read("postfix/main.cf"), /^myhostname = mx1\.example\.com$/m);
});

test("the edit fits the document as the editor has it, not the file", async () => {
  await using server = await copyOfSamples();
  const { client, log } = await openSamples(server);
  await using _ = client;
  const main = server.uri("postfix/main.cf");
  const action = await actionOn(client, log, "map-expansion-size", "Raise virtual_alias_expansion_limit");

  await client.open(main, "postfix-main-cf", "# typed, not saved\nvirtual_alias_expansion_limit = 4000\n");
  const stale = await client.resolve(action);
  assert.equal(stale.edit, undefined, "another number would be set than the title says");
  assert.match(client.messages.join("\n"), /The configuration has changed/);

  const again = await client.resolve(
    await actionOn(client, log, "map-expansion-size", "Raise virtual_alias_expansion_limit"),
  );
  await client.apply(again.edit ?? {});
  assert.equal(client.text(main), "# typed, not saved\nvirtual_alias_expansion_limit = 6000\n");
});

test("a document of a language that is not ours is edited as the editor has it, too", async () => {
  await using server = await copyOfSamples();
  const settings = server.uri("iredapd/settings.py");
  const text = `# typed, not saved\n${await server.read("iredapd/settings.py")}`;
  const { client, log } = await openSamples(server, {
    options: { clientCommands: true, openDocuments: true },
    elsewhere: new Map([[settings, { version: 5, text }]]),
  });
  await using _ = client;

  const { edit } = await client.resolve(await actionOn(client, log, "sender-is-not-login", "Let members of a list"));
  const [change] = edit?.documentChanges ?? [];
  assert.ok(change !== undefined && "textDocument" in change);
  assert.equal(change.textDocument.version, 5);
  const line = text.split("\n").findIndex((one) => one.startsWith("ALLOWED_LOGIN_MISMATCH_LIST_MEMBER"));
  assert.deepEqual(
    change.edits.map(({ range }) => range.start.line),
    [line],
  );
});

test("a fix is for the line it was offered on: if another stands there, nothing is done", async () => {
  await using server = await copyOfSamples();
  const { client, log } = await openSamples(server);
  await using _ = client;
  const action = await actionOn(client, log, "map-expansion-size", "Raise virtual_alias_expansion_limit");

  await client.change(log, [{ range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, text: "" }]);
  assert.equal((await client.resolve(action)).edit, undefined);
  assert.match(client.messages.join("\n"), /another line stands there now/);
});

test("no configuration: the lines to add, and no edit", async () => {
  await using empty = await scratchFolder({ "mail.log": "" });
  await using client = await startClient({ folders: [empty.folder], options: { clientCommands: true } });
  const log = empty.uri("mail.log");
  await client.open(
    log,
    "postfix-log",
    "Nov 22 10:00:00 mx1 postfix/cleanup[1]: warning: 4Zx1Qk0Y1Mz3kT: unreasonable virtual_alias_maps map expansion size for all@example.com -- message not accepted, try again later\n",
  );

  const action = await actionOn(client, log, "map-expansion-size", "Raise virtual_alias_expansion_limit");
  const lines = argumentOf(action, "postmaster.showLines");
  assert.equal(lines.fileName, "main.cf");
  assert.match(lines.text, /virtual_alias_expansion_limit = 1500/);
  assert.match((await client.ask("postmaster/status", { uri: log })).detail, /No main\.cf in the workspace/);
});

test("a file whose bytes an editor would destroy is not edited", async () => {
  await using server = await copyOfSamples();
  await server.write("postfix/main.cf", Uint8Array.of(0x23, 0xe4, 0x0a));
  const { client, log } = await openSamples(server);
  await using _ = client;

  const action = await actionOn(client, log, "map-expansion-size", "Why there is no fix here: Raise");
  assert.match(argumentOf(action, "postmaster.showReason").reason, /not valid UTF-8/);
  assert.equal((await client.resolve(action)).edit, undefined);
});

test("an editor that cannot ask its user never gets a risky edit", async () => {
  await using server = await copyOfSamples();
  const plain = { ...VS_CODE, workspace: { ...VS_CODE.workspace, workspaceEdit: { documentChanges: true } } };
  const { client, log } = await openSamples(server, { capabilities: plain });
  await using _ = client;

  const diagnostics = await client.diagnostics(log);
  const lines = new Map(diagnostics.map(({ code, range }) => [code, range.start.line]));
  const actions = (await Promise.all([...lines.values()].map((line) => client.actions(log, line)))).flat();
  const edits = await Promise.all(actions.map((action) => client.resolve(action)));

  assert.ok(
    edits.some(({ edit }) => edit !== undefined),
    "what weakens nothing is still edited",
  );
  assert.equal(
    edits.some(({ edit }) => edit?.changeAnnotations !== undefined),
    false,
  );
  const weakening = [
    "Accept the HELO name",
    "Remove reject_sender_login_mismatch",
    "Allow passwords",
    "Trust the client",
    "Switch off",
  ];
  for (const start of weakening) {
    assert.equal(edits.find(({ title, edit }) => title.startsWith(start) && edit !== undefined)?.title, undefined);
    const withheld = edits.filter(({ title }) => title.startsWith(`Why there is no fix here: ${start}`));
    assert.ok(withheld.length > 0, start);
    for (const action of withheld) {
      assert.match(argumentOf(action, "postmaster.showReason").reason, /Take the commands/);
    }
    assert.ok(
      actions.some(({ title }) => title.startsWith(`Copy as commands: ${start}`)),
      start,
    );
  }
});

test("an editor that cannot resolve actions gets them whole", async () => {
  await using server = await copyOfSamples();
  const { client, log } = await openSamples(server, {
    capabilities: { ...VS_CODE, textDocument: { ...VS_CODE.textDocument, codeAction: {} } },
    options: {},
  });
  await using _ = client;
  const action = await actionOn(client, log, "map-expansion-size", "Raise virtual_alias_expansion_limit");
  assert.equal(action.edit?.documentChanges?.length, 1);
  assert.deepEqual(client.initialized.capabilities.executeCommandProvider?.commands.toSorted(), [
    "postmaster.afterFix",
    "postmaster.copyCommands",
    "postmaster.showLines",
    "postmaster.showReason",
  ]);
});

test("an untrusted workspace reads nothing outside itself, and its settings name no folder", async () => {
  await using server = await copyOfSamples();
  await using empty = await scratchFolder({ "mail.log": await server.read("mail.log") });
  await using client = await startClient({
    folders: [empty.folder],
    options: { clientCommands: true, trusted: false },
    settings: { configDirectory: server.path("postfix"), iredapdSettings: server.path("iredapd/settings.py") },
  });
  const log = empty.uri("mail.log");
  await client.open(log, "postfix-log");

  assert.equal((await client.ask("postmaster/status", { uri: log })).configuration, null);
  const untrusted = await actionOn(client, log, "map-expansion-size", "Raise virtual_alias_expansion_limit");
  assert.equal(untrusted.command?.command, "postmaster.showLines");

  await client.trust(true);
  assert.equal((await client.ask("postmaster/status", { uri: log })).configuration?.how, "setting");
  const trusted = await client.resolve(
    await actionOn(client, log, "map-expansion-size", "Raise virtual_alias_expansion_limit"),
  );
  assert.equal(trusted.edit?.documentChanges?.length, 1);
  assert.equal(client.refreshes.status, 1);
});

test("a mistake in main.cf is shown, mended, and gone", async () => {
  await using scratch = await scratchFolder({
    "main.cf":
      "myhostname = mx.example.com\nmydestination = $myhostname, example.com\nvirtual_mailbox_domains = example.com\n",
    "master.cf": "smtp inet n - n - - smtpd\n",
  });
  await using client = await startClient({ folders: [scratch.folder], options: { clientCommands: true } });
  const main = scratch.uri("main.cf");
  await client.open(main, "postfix-main-cf");
  const diagnostics = await client.diagnostics(main);
  const found = diagnostics.find(({ code }) => code === "two-address-classes");
  assert.ok(found, diagnostics.map(messageOf).join("\n"));

  const actions = await client.actions(main, found.range.start.line, [found]);
  const action = actions.find(({ title }) => title.startsWith("Take example.com out of mydestination"));
  assert.ok(action, actions.map(({ title }) => title).join(" | "));
  assert.deepEqual(
    action.diagnostics?.map(({ code }) => code),
    ["two-address-classes"],
  );
  const { edit } = await client.resolve(action);
  await client.apply(edit ?? {});

  assert.match(client.text(main), /^mydestination = \$myhostname$/m);
  assert.deepEqual(
    (await client.diagnostics(main)).filter(({ code }) => code === "two-address-classes"),
    [],
  );
});

test("on saving, all safe fixes of a configuration file are one edit, and then there is none", async () => {
  await using server = await scratchFolder({ "main.cf": "mail_name = a\nmail_name = b\nrelayhost = x # y" });
  await using client = await startClient({ folders: [server.folder] });
  const uri = server.uri("main.cf");
  await client.open(uri, "postfix-main-cf");
  const ask = (only: readonly string[]): Promise<readonly CodeAction[]> =>
    client.request("textDocument/codeAction", uri, { range: WHOLE, context: { diagnostics: [], only } });
  for (const kind of ["source", "source.fixAll", "source.fixAll.postmaster"]) {
    assert.equal((await ask([kind])).length, 1, kind);
  }
  assert.deepEqual(await ask(["source.organizeImports"]), []);
  assert.deepEqual(await ask(["source.fixAll.other"]), []);

  const [action] = await ask(["source.fixAll"]);
  assert.equal(action?.kind, "source.fixAll.postmaster");
  await client.apply(action?.edit ?? {});
  assert.equal(client.text(uri), "# mail_name = a\nmail_name = b\nrelayhost = x # y\n");
  assert.deepEqual(await ask(["source.fixAll"]), []);
});

const WHOLE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
