import { spawn } from "node:child_process";
import { proofEnvironment } from "../../../proof/lib/run-program.ts";

/** Long enough for a slow machine. Milliseconds. */
const LONGEST = 30_000;

/** Run a program with this standard input. @returns all it printed, whatever its exit code. */
export async function runWithInput(
  name: string,
  words: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(name, words, { env: proofEnvironment(environment), timeout: LONGEST });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  // A program that does not read its input closes it.
  child.stdin.on("error", () => null).end(input);
  await new Promise<void>((resolve, reject) => child.once("close", () => resolve()).once("error", reject));
  return output;
}
