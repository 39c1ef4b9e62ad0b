import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { settle } from "./settle.ts";

const run = promisify(execFile);
const env = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin` };
const scratch = await mkdtemp(path.join(tmpdir(), "postmaster-samples-"));
after(() => rm(scratch, { recursive: true }));

/** A copy of the sample configuration that names its tables by their place in the copy. */
async function copyOfSamples(): Promise<string> {
  await cp(fileURLToPath(new URL("../../samples/postfix", import.meta.url)), scratch, { recursive: true });
  for (const name of ["main.cf", "master.cf"]) {
    const file = path.join(scratch, name);
    await writeFile(file, (await readFile(file, "utf8")).replaceAll("/etc/postfix", scratch));
  }
  settle(scratch);
  return scratch;
}

const directory = await copyOfSamples();

test("Postfix accepts the sample configuration without a warning", async () => {
  for (const what of ["-n", "-M", "-P"]) {
    const { stdout, stderr } = await run("postconf", ["-c", directory, what], { env });
    assert.ok(stdout.length > 200, `postconf ${what}`);
    // Builds without MySQL say so; the sample only shows what such a file looks like.
    const warnings = stderr.split("\n").filter((line) => line !== "" && !line.includes("mysql"));
    assert.deepEqual(warnings, []);
  }
});

test("the planted HELO rule answers with the words of the log", async () => {
  const log = await readFile(new URL("../../samples/mail.log", import.meta.url), "utf8");
  const ask = (helo: string) =>
    run("postmap", ["-c", directory, "-q", helo, `pcre:${directory}/helo_access.pcre`], { env });
  const { stdout } = await ask("exchange.partner.local");
  const words = stdout.trim().replace(/^REJECT /, "");
  assert.ok(log.includes(`<exchange.partner.local>: Helo command rejected: ${words};`), words);
  await assert.rejects(ask("OFFICEPC7"), "no rule speaks of that name");
});

test("the planted project address matches its own result", async () => {
  const table = `pcre:${directory}/virtual_projects.pcre`;
  const once = await run("postmap", ["-c", directory, "-q", "apollo@projects.example.com", table], { env });
  const twice = await run("postmap", ["-c", directory, "-q", once.stdout.trim(), table], { env });
  assert.equal(twice.stdout.trim(), "project-project-apollo@projects.example.com");
});

test("every sample file that main.cf names is there", async () => {
  const main = await readFile(path.join(directory, "main.cf"), "utf8");
  const names = [...main.matchAll(new RegExp(`${directory}/([\\w./]+)`, "g"))].map(([, name = ""]) => name);
  assert.ok(names.length > 8);
  const present = new Set(await readdir(directory, { recursive: true }));
  assert.deepEqual(
    names.filter((name) => !present.has(name)),
    [],
  );
});
