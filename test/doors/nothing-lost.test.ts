import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { test } from "node:test";
import { entries } from "@postmaster/core/catalogue/entries.ts";
import type { FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { offerFixes } from "@postmaster/core/fixes/offer-fixes.ts";
import { purposes } from "@postmaster/core/fixes/purpose-registry.ts";
import type { SourceFile } from "@postmaster/core/io/file-port.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { toReplacement } from "@postmaster/server/cli/fix/edited-bytes.ts";
import { toTextEdits } from "@postmaster/server/lsp/positions.ts";
import { ENTRY, postmaster, scratch } from "../cli/run-cli.ts";
import { startClient } from "../server/client.ts";
import { copyOfSamples } from "../server/scratch.ts";
import { type Alteration, fixWorlds } from "./lib/fix-worlds.ts";
import { PLAIN_LINES } from "./lib/hostile-line.ts";
import { changeOf } from "./lib/leaves.ts";

/** What a file may be like, and what an edit of it must keep. `plain`: how its text reads without the condition. */
interface Condition {
  readonly alter: Alteration;
  readonly plain: (text: string) => string;
  readonly kept: (before: string, after: string) => void;
}

const same = (text: string): string => text;

const CONDITIONS: Readonly<Record<string, Condition>> = {
  "as usual": { alter: { text: same }, plain: same, kept: () => undefined },
  CRLF: {
    alter: { text: (text) => text.replaceAll("\n", "\r\n") },
    plain: (text) => text.replaceAll("\r\n", "\n"),
    kept: (_, after) => assert.doesNotMatch(after, /(?<!\r)\n/),
  },
  "a byte order mark": {
    alter: { text: (text) => `\uFEFF# a comment\n${text}` },
    plain: same,
    kept: (_, after) => assert.match(after, /^\uFEFF[^\uFEFF]*$/),
  },
  "no final newline": {
    alter: { text: (text) => text.replace(/\n$/, "") },
    plain: same,
    kept: (before, after) => assert.ok(after.startsWith(before.slice(0, 10))),
  },
  "bytes that are no UTF-8": {
    alter: { text: (text) => `# gr\u00FC\u00DFe\n${text}`, traits: { encoding: "bytes" } },
    plain: same,
    kept: (_, after) => assert.ok(after.startsWith("# gr\u00FC\u00DFe\n")),
  },
};

function baseName(file: SourceFile): string {
  return file.path.slice(file.path.lastIndexOf("/") + 1);
}

/** All that the fixes for plain lines offer, by entry, offer, world and line. */
async function offersUnder(alter: Alteration, editsBytes: boolean): Promise<ReadonlyMap<string, FixOffer>> {
  const found = new Map<string, FixOffer>();
  for (const world of await fixWorlds({ alter })) {
    if (world.context.server === null) continue;
    for (const entry of entries.filter(({ fixes }) => fixes.length > 0)) {
      for (const [index, line] of PLAIN_LINES.entries()) {
        const context = { ...world.context, answers: line.answers, editsBytes };
        for (const offer of await offerFixes(entry, (field) => line.values[field] ?? null, context))
          found.set(`${offer.id} in ${world.name}, line ${index}`, offer);
      }
    }
  }
  return found;
}

test("every fix leaves what a file is like, and changes the same in all of them", async (context) => {
  const usual = await offersUnder({ text: same }, true);
  const acted = new Set<string>();
  let edits = 0;
  for (const [name, { alter, plain, kept }] of Object.entries(CONDITIONS)) {
    for (const [key, offer] of await offersUnder(alter, true)) {
      const wanted = usual.get(key);
      assert.equal(offer.kind, wanted?.kind, `${key}, ${name}`);
      if (offer.kind !== "edit" || wanted?.kind !== "edit") continue;
      for (const [index, { file, edits: own }] of offer.files.entries()) {
        const after = applyEdits(file.text, own);
        kept(file.text, after);
        const theirs = wanted.files[index];
        assert.ok(theirs);
        const change = changeOf(baseName(file), plain(file.text), plain(after));
        const usually = changeOf(baseName(file), theirs.file.text, applyEdits(theirs.file.text, theirs.edits));
        assert.deepEqual([change.removed, change.added], [usually.removed, usually.added], `${key}, ${name}`);
        const replacement = toReplacement({ file, edits: own });
        assert.equal(
          Buffer.from(replacement?.after ?? []).toString(file.encoding === "bytes" ? "latin1" : "utf8"),
          after,
        );
        edits += 1;
        acted.add(entries.flatMap(({ fixes }) => fixes).find(({ id }) => offer.id.endsWith(`/${id}`))?.purpose ?? "");
      }
    }
  }
  context.diagnostic(`${edits} edits of ${acted.size} purposes under ${Object.keys(CONDITIONS).length} conditions`);
  assert.ok(acted.size >= purposes.size - 3, [...acted].join(" "));
});

test("an editor that would destroy bytes gets a word instead, and one that may not write gets commands", async () => {
  for (const [key, offer] of await offersUnder({ text: same, traits: { encoding: "bytes" } }, false)) {
    assert.notEqual(offer.kind, "edit", key);
  }
  const locked = await offersUnder({ text: same, traits: { writable: false } }, false);
  for (const [key, offer] of locked) assert.notEqual(offer.kind, "edit", key);
  assert.ok([...locked.values()].some(({ kind, commands }) => kind === "commands" && commands.length > 0));
});

test("a configuration that changed on disk after the offer is read again, or the fix refuses with a word", async () => {
  await using server = await copyOfSamples();
  await using client = await startClient({ folders: [server.folder], options: { clientCommands: true } });
  const log = server.uri("mail.log");
  await client.open(log, "postfix-log");
  const problem = (await client.diagnostics(log)).find(({ code }) => code === "map-expansion-size");
  const line = problem?.range.start.line ?? 0;
  const main = await server.read("postfix/main.cf");
  const offer = async () => (await client.actions(log, line)).find(({ data }) => data !== undefined);

  const before = await offer();
  assert.ok(before);
  await server.write("postfix/main.cf", `# somebody was here\n# and here\n${main}`);
  const { edit } = await client.resolve(before);
  assert.ok(edit, "a change elsewhere does not matter");
  await client.apply(edit);
  assert.match(await server.read("postfix/main.cf"), /^# somebody was here\n# and here\n/);
  assert.equal(
    (await server.read("postfix/main.cf")).split("\n").length,
    main.split("\n").length + 2 + (main.includes("virtual_alias_expansion_limit") ? 0 : 1),
  );

  await server.write("postfix/main.cf", main);
  const again = await offer();
  assert.ok(again);
  await server.write("postfix/main.cf", `${main}\nvirtual_alias_expansion_limit = 7000\n`);
  const refused = await client.resolve(again);
  assert.equal(refused.edit, undefined);
  assert.match(client.messages.join("\n"), /has changed|no longer fits/);
  assert.equal(await server.read("postfix/main.cf"), `${main}\nvirtual_alias_expansion_limit = 7000\n`);
});

test("an edit for an older version of an open document is not applied to a newer one", async () => {
  await using server = await copyOfSamples();
  await using client = await startClient({ folders: [server.folder], options: { clientCommands: true } });
  const log = server.uri("mail.log");
  const main = server.uri("postfix/main.cf");
  await client.open(log, "postfix-log");
  await client.open(main, "postfix-main-cf");
  const problem = (await client.diagnostics(log)).find(({ code }) => code === "map-expansion-size");
  const action = (await client.actions(log, problem?.range.start.line ?? 0)).find(({ data }) => data !== undefined);
  assert.ok(action);
  const { edit } = await client.resolve(action);
  assert.ok(edit);
  await client.change(main, [{ text: "# all gone\n" }]);
  await assert.rejects(client.apply(edit), /another version/);
  assert.equal(client.text(main), "# all gone\n");
});

/** The log line and the main.cf that `check --fix` mends. */
const LOG =
  "Nov 22 10:00:00 mail postfix/cleanup[5]: warning: 4F1A2B3C4D: unreasonable virtual_alias_maps map expansion size for all@example.com -- message not accepted, try again later\n";
const MAIN = "myhostname = mail.example.com\nsmtpd_banner = one\nsmtpd_banner = two\n";

test("the command line keeps every byte but those it changes", async (t) => {
  for (const [name, { alter, kept }] of Object.entries(CONDITIONS)) {
    const folder = await scratch(t);
    const encoding = alter.traits?.encoding === "bytes" ? "latin1" : "utf8";
    const before = alter.text(MAIN);
    await writeFile(path.join(folder, "main.cf"), before, encoding);
    await writeFile(path.join(folder, "mail.log"), LOG);
    const { out } = await postmaster(["check", "--fix", "."], { cwd: folder });
    const after = await readFile(path.join(folder, "main.cf"), encoding);
    assert.match(out, /^Fixed main\.cf/m, name);
    kept(before, after);
    assert.match(after, /^# ?smtpd_banner = one\r?$/m, name);
    assert.match(after, /^virtual_alias_expansion_limit = 1500\r?$/m, name);
    assert.ok(after.includes("myhostname = mail.example.com"), name);
  }
});

test("root's files are left alone by others, with the commands to run", async (t) => {
  // Only root can make a file that somebody else may not write and then become somebody else.
  if (process.getuid?.() !== 0) return;
  const folder = await scratch(t);
  const etc = path.join(folder, "etc");
  await mkdir(etc);
  await chmod(folder, 0o755);
  await writeFile(path.join(etc, "main.cf"), MAIN, { mode: 0o644 });
  await writeFile(path.join(etc, "mail.log"), LOG);
  // It may read whatever root may, as this checkout can lie in root's own folder, and write nothing.
  const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
  const reading = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
  const child = spawn("setpriv", [...nobody, ...reading, process.execPath, ENTRY, "check", "--fix", "."], { cwd: etc });
  let said = "";
  child.stdout.on("data", (piece: Buffer) => {
    said += piece.toString();
  });
  child.stderr.on("data", (piece: Buffer) => {
    said += piece.toString();
  });
  await once(child, "close");
  assert.match(said, /^Not fixed: main\.cf: .*permission denied$/m);
  assert.match(said, /^ {2}by hand: (postconf|printf) /m);
  assert.equal(await readFile(path.join(etc, "main.cf"), "utf8"), MAIN);
});

test("positions in a file with a byte order mark are those of an editor, which puts it aside", () => {
  const edits = [{ span: { start: 1, end: 2 }, newText: "x" }];
  const range = (version: number | null) => toTextEdits({ text: "\uFEFFab\n", version }, edits)[0]?.range;
  assert.deepEqual(range(null), { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } });
  assert.deepEqual(range(3), { start: { line: 0, character: 1 }, end: { line: 0, character: 2 } });
});
