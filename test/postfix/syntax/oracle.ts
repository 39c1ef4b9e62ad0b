import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";

/** What one of Postfix's programs said. */
export interface Answer {
  readonly status: number;
  readonly lines: readonly string[];
  readonly warnings: string;
}

/** Runs postconf(1) and postmap(1) on a configuration folder of their own; Postfix itself is never started. */
export interface Oracle {
  readonly directory: string;
  readonly run: (program: "postconf" | "postmap", args: readonly string[], input?: string) => Promise<Answer>;
}

const AT_ONCE = 16;

function runIn(directory: string, program: string, args: readonly string[], input: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, ["-c", directory, ...args], (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      if (typeof status !== "number")
        reject(new Error(`${program} is needed for this test: install Postfix`, { cause: error }));
      else resolve({ status, lines: stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n"), warnings: stderr });
    });
    // It may end without reading what it is given.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

/** A scratch configuration folder with these files besides an empty main.cf and master.cf. */
async function createOracle(directory: string, files: Readonly<Record<string, string>>): Promise<Oracle> {
  await mkdir(directory);
  const all = { "main.cf": "compatibility_level = 3.6\n", "master.cf": "", ...files };
  for (const [name, text] of Object.entries(all)) await writeFile(path.join(directory, name), text);
  return { directory, run: (program, args, input = "") => runIn(directory, program, args, input) };
}

/**
 * Ask about many folders, several at a time: a Postfix program that gives up sleeps for a second first.
 * `files` says what is in the folder of a case, `check` compares.
 */
export async function askAbout<Case>(
  context: TestContext,
  cases: readonly Case[],
  files: (one: Case) => Readonly<Record<string, string>>,
  check: (one: Case, postfix: Oracle) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), "postmaster-syntax-"));
  context.after(() => rm(root, { recursive: true, force: true }));
  const waiting = [...cases.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, one] = next;
      await check(one, await createOracle(path.join(root, String(index)), files(one)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
