import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";

const execute = promisify(execFile);
/** Long enough for a slow machine; a program that takes longer hangs. Milliseconds. */
const LONGEST = 60_000;

export interface ProgramResult {
  readonly code: number;
  /** Standard output, then standard error. */
  readonly output: string;
}

/** Postfix's and Dovecot's programs lie where a plain user's PATH does not lead. */
export function proofEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin:/usr/local/sbin`, LC_ALL: "C", ...more };
}

/** Run a program to its end, whatever its exit code. @throws if it cannot be started or hangs. */
export async function tryProgram(
  name: string,
  arguments_: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  try {
    const { stdout, stderr } = await execute(name, [...arguments_], {
      env: proofEnvironment(environment),
      timeout: LONGEST,
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "number") throw error;
    return { code: error.code, output: `${textOf(error, "stdout")}${textOf(error, "stderr")}` };
  }
}

/** @throws with all it printed if it does not exit with 0. */
export async function runProgram(
  name: string,
  arguments_: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, output } = await tryProgram(name, arguments_, environment);
  if (code !== 0) throw new Error(`${[name, ...arguments_].join(" ")} ended with ${code}: ${output}`);
  return output;
}

function textOf(error: object, name: "stdout" | "stderr"): string {
  const text: unknown = name in error ? Reflect.get(error, name) : "";
  return typeof text === "string" ? text : "";
}
