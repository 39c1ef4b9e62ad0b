import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import { settle } from "../settle.ts";

const run = promisify(execFile);

/** A configuration folder for postconf(1) and postmap(1) that goes away with the test. */
export async function scratchPostfix(context: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "postmaster-"));
  context.after(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(directory, name), text);
  settle(directory);
  return directory;
}

/** What `postmap -q -` answers for each key; null for "not found". Keys hold no line break. */
export async function postmapQuery(
  directory: string,
  table: string,
  keys: readonly string[],
): Promise<readonly (string | null)[]> {
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile("postmap", ["-c", directory, "-q", "-", table], (error, stdout, stderr) => {
      // Exit status 1 and no more than warnings (of rules that Postfix skips): none was found.
      const failed = stderr.split("\n").some((line) => line !== "" && !line.startsWith("postmap: warning: "));
      if (error !== null && (error.code !== 1 || failed)) reject(error);
      else resolve(stdout);
    });
    child.stdin?.end(keys.map((key) => `${key}\n`).join(""));
  });
  const found = new Map(
    output.split("\n").map((line) => [line.slice(0, line.indexOf("\t")), line.slice(line.indexOf("\t") + 1)]),
  );
  return keys.map((key) => found.get(key) ?? null);
}

export async function command(name: string, arguments_: readonly string[], directory?: string): Promise<string> {
  return (await run(name, [...arguments_], directory === undefined ? {} : { cwd: directory })).stdout;
}
