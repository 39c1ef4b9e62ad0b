import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, suite, test } from "node:test";
import { isSourceFile } from "@postmaster/core/io/file-port.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { checkConfiguration } from "@postmaster/core/rules/check-configuration.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";

const folder = mkdtempSync(path.join(tmpdir(), "stale-"));
const table = path.join(folder, "virtual");
after(() => rmSync(folder, { recursive: true, force: true }));

writeFileSync(path.join(folder, "main.cf"), `compatibility_level = 3.6\nvirtual_alias_maps = lmdb:${table}\n`);
writeFileSync(table, "anna bert\n");
spawnSync("postmap", ["-c", folder, `lmdb:${table}`]);

/** Seconds ago. */
interface Ages {
  readonly text: number;
  readonly database: number;
}

suite("a database is as old to us as to Postfix", () => {
  const cases: readonly Ages[] = [
    { text: 300, database: 400 },
    { text: 300, database: 301 },
    { text: 300, database: 300 },
    { text: 299.2, database: 299.9 },
    { text: 400, database: 300 },
  ];
  for (const ages of cases) {
    test(`text ${ages.text} s, database ${ages.database} s`, async () => {
      const now = Math.floor(Date.now() / 1000);
      utimesSync(table, now - ages.text, now - ages.text);
      utimesSync(`${table}.lmdb`, now - ages.database, now - ages.database);
      const { stderr } = spawnSync("postmap", ["-c", folder, "-q", "anna", `lmdb:${table}`], { encoding: "utf8" });
      const said = stderr.split("\n").flatMap((line) => /^postmap: warning: (.*)$/.exec(line)?.[1] ?? []);
      assert.deepEqual(await found(), said);
    });
  }
});

/** The folder is a copy to us, of which times say nothing: here they do. */
async function found(): Promise<readonly (string | null)[]> {
  const server = await loadMailServer(createNodeFilePort(), folder, { defaultOf: (name) => defaultOf(name, null) });
  assert.ok(server !== null && isSourceFile(server.main.file));
  const statuses = new Map(
    [table, `${table}.lmdb`].map((file) => [file, { modifiedMs: statSync(file).mtimeMs, mode: null, uid: null }]),
  );
  return checkConfiguration({ ...server, statuses }).map(({ postfix }) => postfix);
}
