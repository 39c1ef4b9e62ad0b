import { spawn } from "node:child_process";
import { once } from "node:events";
import { duration, say } from "./say.ts";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Keep the output to ourselves (it is in the result); otherwise it is passed on as it comes. */
  readonly quiet?: boolean;
  /** Do not even collect standard output, of which there may be more than memory holds. */
  readonly discard?: boolean;
  /** What to call it in the "still at it" lines of a long quiet run; none are printed without it. */
  readonly label?: string;
}

export interface RunResult {
  /** Exit code, or 128 where a signal ended the program. */
  readonly code: number;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
}

/** How often a long quiet run says that it is still at it, in milliseconds. */
const HEARTBEAT = 10_000;

/** How long output may still come after a program's end, in milliseconds. */
const LAST_WORDS = 3000;

/**
 * Run a program to its end. Its output is collected unless it is to be discarded.
 * @throws the spawn error if the program cannot be started at all (ENOENT and the like).
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32" && command.endsWith(".cmd"),
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => {
    if (options.discard !== true) chunks.push(chunk);
    if (options.quiet !== true) process.stdout.write(chunk);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    if (options.quiet !== true) process.stderr.write(chunk);
  });
  const closed = new Promise((resolve) => child.once("close", resolve));
  const beat = setInterval(() => {
    if (options.label !== undefined) say(`… ${options.label} (${duration(performance.now() - started)})`);
  }, HEARTBEAT);
  try {
    await once(child, "exit");
    // What it left running may hold its output open for ever.
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LAST_WORDS).unref())]);
    child.stdout.destroy();
    child.stderr.destroy();
    return { code: child.exitCode ?? 128, output: Buffer.concat(chunks).toString("utf8") };
  } finally {
    clearInterval(beat);
  }
}

/** npm by the name this system knows it by. */
export const npm = process.platform === "win32" ? "npm.cmd" : "npm";
