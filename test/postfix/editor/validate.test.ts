import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod } from "node:fs/promises";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { startClient } from "../../server/client.ts";
import { scratchFolder } from "../../server/scratch.ts";
import { settle } from "../settle.ts";

const execute = promisify(execFile);

const MAIN = `compatibility_level = 3.6
myhostname = mail.example.com
relayhost = [first.example]
relayhost = [second.example]
unheard_of = 1
virtual_alias_maps = texthash:$config_directory/virtual
`;

async function editor(files: Readonly<Record<string, string>>, options: { trusted?: boolean; programs?: string } = {}) {
  const scratch = await scratchFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`etc/${name}`, text])),
  );
  settle(scratch.path("etc"));
  const client = await startClient({
    folders: [scratch.folder],
    options: { trusted: options.trusted ?? true },
    settings: { postfixCommandDirectory: options.programs ?? "" },
  });
  const uri = scratch.uri("etc/main.cf");
  await client.open(uri, "postfix-main-cf");
  return { scratch, client, uri };
}

test("what Postfix says and our rules say is said once; the summary counts both", async () => {
  const { scratch, client, uri } = await editor({
    "main.cf": MAIN,
    "master.cf": "",
    virtual: "a@b.example c@d.example\n",
  });
  await using _scratch = scratch;
  await using _client = client;
  const before = await client.diagnostics(uri);
  const { problem, summary, report, complaints } = await client.ask("postmaster/validate", { uri });
  assert.equal(problem, null);
  assert.equal(complaints, 2);
  assert.equal(summary, "Postfix has 2 complaints, underlined already.");
  assert.match(report, /warning: .*main\.cf, line 4: overriding earlier entry: relayhost=\[first\.example\]/);
  assert.match(report, /unused parameter: unheard_of=1/);
  assert.match(report, /postfix check was not run: .* this is a copy/);
  assert.deepEqual(await client.diagnostics(uri), before);
});

test("what only Postfix says stands at its place until the text changes", async () => {
  const { scratch, client, uri } = await editor(
    { "main.cf": MAIN, "master.cf": "" },
    { programs: await fakePrograms('echo "postconf: warning: $2/main.cf: something new about relayhost" >&2') },
  );
  await using _scratch = scratch;
  await using _client = client;
  const before = (await client.diagnostics(uri)).length;
  const { summary } = await client.ask("postmaster/validate", { uri });
  assert.equal(summary, "Postfix has 1 complaint. It was not known before.");
  const [found] = (await client.diagnostics(uri)).slice(before);
  assert.equal(found?.source, "postconf");
  assert.equal(found.message, "something new about relayhost");
  assert.deepEqual(found.range.start, { line: 2, character: 0 });
  await client.change(uri, [
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "#\n" },
  ]);
  assert.equal((await client.diagnostics(uri)).length, before);
});

test("a file that a copy came without is no complaint", async () => {
  const { scratch, client, uri } = await editor(
    { "main.cf": MAIN, "master.cf": "" },
    {
      programs: await fakePrograms(
        'echo "postconf: warning: open \\"mysql\\" configuration \\"/etc/postfix/x.cf\\": No such file or directory" >&2',
      ),
    },
  );
  await using _scratch = scratch;
  await using _client = client;
  const { summary, report } = await client.ask("postmaster/validate", { uri });
  assert.equal(summary, "Postfix has no complaint about this configuration.");
  assert.match(report, /No such file or directory/);
});

test("a workspace that is not trusted has nothing run", async () => {
  const { scratch, client, uri } = await editor(
    { "main.cf": MAIN, virtual: "a@b.example c@d.example\n" },
    { trusted: false, programs: await fakePrograms("exit 99") },
  );
  await using _scratch = scratch;
  await using _client = client;
  assert.match((await client.ask("postmaster/validate", { uri })).problem ?? "", /before you trust/);
  const looked = await client.ask("postmaster/lookUp", { uri, table: null, key: "a@b.example" });
  assert.match(looked.problem ?? "", /before you trust/);
});

test("without Postfix it says where it looked", async () => {
  const { scratch, client, uri } = await editor({ "main.cf": MAIN }, { programs: "/nonexistent" });
  await using _scratch = scratch;
  await using _client = client;
  assert.equal((await client.ask("postmaster/validate", { uri })).problem, "There is no postconf in /nonexistent.");
});

test("a key is looked up by postmap itself, in tables of this configuration only", async () => {
  const { scratch, client, uri } = await editor({ "main.cf": MAIN, virtual: "a@b.example c@d.example\n" });
  await using _scratch = scratch;
  await using _client = client;
  const table = `texthash:${scratch.path("etc/virtual")}`;
  assert.deepEqual(await client.ask("postmaster/tables", { uri }), [table]);
  const look = (key: string, where: string | null = table) =>
    client.ask("postmaster/lookUp", { uri, table: where, key });
  assert.equal((await look("A@b.example")).value, "c@d.example");
  assert.equal((await look("x@b.example")).value, null);
  assert.equal((await look("x@b.example")).problem, null);
  assert.match((await look("root", "texthash:/etc/passwd")).problem ?? "", /uses no such table/);
  assert.match((await look("-q")).problem ?? "", /no key/);
  const { stdout } = await execute("postmap", ["-c", scratch.path("etc"), "-q", "a@b.example", table]);
  assert.equal(stdout.trim(), "c@d.example");
});

test("with the cursor on a table it is that one that is asked, elsewhere all are offered", async () => {
  const main = `${MAIN}relay_domains = texthash:$config_directory/relay\n`;
  const { scratch, client, uri } = await editor({ "main.cf": main, virtual: "", relay: "" });
  await using _scratch = scratch;
  await using _client = client;
  const tables = (line: number, character: number) =>
    client.ask("postmaster/tables", { uri, position: { line, character } });
  const [virtual, relay] = [`texthash:${scratch.path("etc/virtual")}`, `texthash:${scratch.path("etc/relay")}`];
  assert.deepEqual(await tables(6, "relay_domains = text".length), [relay]);
  assert.deepEqual(await tables(5, "virtual_alias_maps = ".length), [virtual]);
  assert.deepEqual(await tables(1, 0), [virtual, relay]);
});

test("of a table without its database it says what that means, and what the text says instead", async () => {
  const main = MAIN.replace("texthash:", "lmdb:");
  const { scratch, client, uri } = await editor({ "main.cf": main, virtual: "# mine\na@b.example c@d.example\n" });
  await using _scratch = scratch;
  await using _client = client;
  const look = (key: string) => client.ask("postmaster/lookUp", { uri, table: null, key });
  const { problem, value, complaints, fromText } = await look("A@b.example");
  assert.equal(value, null);
  assert.match(
    problem ?? "",
    /^lmdb:.* cannot be asked here: this copy .* came without .*\/virtual\.lmdb, which Postfix reads\./,
  );
  assert.match(complaints, /postmap: fatal: open database .*virtual\.lmdb: No such file or directory$/);
  assert.deepEqual(fromText, { value: "c@d.example", line: 2 });
  assert.deepEqual((await look("x@b.example")).fromText, { value: null, line: null });

  // What the text was said to say is what Postfix finds once it has read it.
  await execute("postmap", ["-c", scratch.path("etc"), `lmdb:${scratch.path("etc/virtual")}`]);
  const built = await look("A@b.example");
  assert.deepEqual([built.problem, built.value, built.fromText], [null, "c@d.example", null]);
});

test("where there is no postmap, or it lacks the table's type, the text is asked too", async () => {
  const files = { "main.cf": MAIN.replace("texthash:", "sdbm:"), virtual: "a@b.example c@d.example\n" };
  const found = { value: "c@d.example", line: 1 };
  for (const [programs, words] of [
    ["", /no tables of type sdbm: postconf -m lists /],
    ["/nonexistent", /^There is no postmap in \/nonexistent\.$/],
  ] as const) {
    const { scratch, client, uri } = await editor(files, { programs });
    await using _scratch = scratch;
    await using _client = client;
    const { problem, fromText } = await client.ask("postmaster/lookUp", { uri, table: null, key: "a@b.example" });
    assert.match(problem ?? "", words);
    assert.deepEqual(fromText, found);
  }
});

/** A folder whose programs all do this. */
async function fakePrograms(script: string): Promise<string> {
  const programs = await scratchFolder({ postconf: `#!/bin/sh\n${script}\n`, postmap: `#!/bin/sh\n${script}\n` });
  after(() => programs[Symbol.asyncDispose]());
  for (const name of ["postconf", "postmap"]) await chmod(programs.path(name), 0o755);
  return programs.folder;
}
