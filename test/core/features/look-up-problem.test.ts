import assert from "node:assert/strict";
import { test } from "node:test";
import { lookUpProblem } from "@postmaster/core/features/validation/look-up-problem.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { memoryFiles } from "../model/memory-files.ts";

const MAIN = `virtual_alias_maps = lmdb:/etc/postfix/virtual
alias_maps = lmdb:/etc/aliases
`;

/** What is said of a table of the running server when postmap has printed this. */
async function problem(table: string, stderr: string): Promise<string> {
  const files = { "/etc/postfix/main.cf": MAIN, "/etc/postfix/virtual": "a b\n", "/etc/aliases": "a: b\n" };
  const server = await loadMailServer(memoryFiles(files), "/etc/postfix", { defaultOf: () => null });
  assert.ok(server !== null);
  return lookUpProblem(stderr, server, server.tables.get(table) ?? null);
}

const absent = (database: string): string => `postmap: fatal: open database ${database}: No such file or directory\n`;

test("a database that is not there: what Postfix makes of that, and the command", async () => {
  assert.equal(
    await problem("lmdb:/etc/postfix/virtual", absent("/etc/postfix/virtual.lmdb")),
    "lmdb:/etc/postfix/virtual has no database: Postfix reads /etc/postfix/virtual.lmdb, which is not there, so its own lookups fail too and mail is deferred. " +
      "Make it with: postmap lmdb:/etc/postfix/virtual",
  );
  assert.match(await problem("lmdb:/etc/aliases", absent("/etc/aliases.lmdb")), / Make it with: postalias /);
});

test("what else postmap says is told as it says it, warnings left out", async () => {
  const locked =
    "postmap: warning: main.cf: unused\npostmap: fatal: open database /etc/postfix/virtual.lmdb: Permission denied\n";
  assert.equal(
    await problem("lmdb:/etc/postfix/virtual", locked),
    "open database /etc/postfix/virtual.lmdb: Permission denied",
  );
  assert.equal(await problem("lmdb:/etc/postfix/virtual", "what\u001b[31m is\nthis\n"), "what\\u{1b}[31m is; this");
});
