import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { postmaster, scratch } from "../cli/run-cli.ts";
import { startClient } from "../server/client.ts";

const SECRET = "root-knows-this";

/** A configuration that names whatever should not be read as a table, and a folder of such files. */
async function trickyFolder(context: Parameters<typeof scratch>[0]): Promise<string> {
  const folder = await scratch(context);
  const outside = await scratch(context);
  const at = (name: string): string => path.join(folder, name);
  await writeFile(path.join(outside, "shadow"), `${SECRET} ${SECRET}\n${SECRET} again\n`);
  await writeFile(at("utf16"), Buffer.from("\uFEFFkey REJECT\n", "utf16le"));
  await writeFile(at("nul"), "a\0b REJECT\n");
  await writeFile(at("binary"), Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) & 255)));
  await writeFile(at("aliases"), `a: :include:${at("aliases")}\n`);
  for (const name of ["huge", "huge.log"]) {
    await writeFile(at(name), "");
    await truncate(at(name), 100 * 1024 * 1024);
  }
  await mkdir(at("folder"));
  const names = ["utf16", "nul", "binary", "huge", "folder", "missing"];
  if (process.platform !== "win32") {
    execFileSync("mkfifo", [at("fifo")]);
    await symlink(path.join(outside, "shadow"), at("link"));
    await symlink("loop2", at("loop1"));
    await symlink("loop1", at("loop2"));
    names.push("fifo", "link", "loop1");
  }
  const tables = [...names.map(at), path.join(outside, "shadow"), `${folder}/../${path.basename(outside)}/shadow`];
  tables.push("/dev/zero", "/dev/tty", "/proc/self/environ", "/etc/shadow");
  const checks = tables.map(
    (table) => `  check_sender_access texthash:${table},\n  check_sender_access pcre:${table},\n`,
  );
  const main = `smtpd_relay_restrictions = reject_unauth_destination\nsmtpd_sender_restrictions =\n${checks.join("")}  reject\na = $b\nb = $a\nmydestination = $a\nalias_maps = texthash:${at("aliases")}\n`;
  await writeFile(at("main.cf"), main);
  return folder;
}

test("the command line reads none of them, says why of those it is given, and comes to an end", async (context) => {
  const folder = await trickyFolder(context);
  const { code, out, err } = await postmaster(["check", "."], { cwd: folder });
  assert.ok(code === 0 || code === 1, err);
  assert.doesNotMatch(out + err, new RegExp(SECRET));
  const named = ["huge.log", "binary", ...(process.platform === "win32" ? [] : ["fifo", "loop1", "/dev/zero"])];
  for (const name of named) {
    const given = await postmaster(["check", name], { cwd: folder });
    assert.equal(given.code, 2, `${name}: ${given.out}`);
    assert.match(given.err, new RegExp(`^postmaster: ${name}: \\S`, "m"));
  }
  const wide = await postmaster(["check", "utf16"], { cwd: folder });
  assert.match(wide.out, /^utf16:1:1: error: .*\[text-in-utf16\]$/m);
  assert.doesNotMatch(wide.out, /REJECT/);
});

test("the server answers for the configuration that names them, and tells nothing of what lies outside", async (context) => {
  const folder = await trickyFolder(context);
  await using client = await startClient({ folders: [folder], options: { clientCommands: true } });
  const uri = pathToFileURL(path.join(folder, "main.cf")).href;
  await client.open(uri, "postfix-main-cf");
  const said: unknown[] = [await client.diagnostics(uri), await client.symbols(uri)];
  for (const line of [2, 3, 4, 20, 21, 22, 23]) said.push(await client.hover(uri, line, 40));
  assert.doesNotMatch(JSON.stringify(said), new RegExp(SECRET));
  assert.deepEqual(client.log, []);
});
