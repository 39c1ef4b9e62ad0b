import { glob } from "node:fs/promises";
import { inRoot, root } from "../lib/paths.ts";
import { runCommand } from "../lib/run-command.ts";
import { failed, type Outcome, passed } from "./stage.ts";

export interface NodeTestOptions {
  /** Patterns of files to leave out. */
  readonly exclude?: readonly string[];
  /** One file after the other: for files that each fill the machine. */
  readonly oneByOne?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Run test files with Node's own runner, and count what it counted. */
export async function nodeTest(patterns: readonly string[], options: NodeTestOptions = {}): Promise<Outcome> {
  const { exclude = [], oneByOne = false, env = {} } = options;
  const files: string[] = [];
  for await (const file of glob(patterns, { cwd: root, exclude })) files.push(file);
  if (files.length === 0) return failed(`no test file matches ${patterns.join(" ")}`);
  const args = ["--test", "--test-reporter=spec", ...(oneByOne ? ["--test-concurrency=1"] : []), ...files.sort()];
  const { code, output } = await runCommand(process.execPath, args, { cwd: inRoot(), env });
  const counts = { passed: count(output, "pass"), failed: count(output, "fail") + count(output, "cancelled") };
  const left = count(output, "skipped") + count(output, "todo");
  if (code !== 0)
    return failed("the failing tests are listed above", { ...counts, failed: Math.max(1, counts.failed) });
  // A skipped test proves nothing and looks like one that does.
  if (left > 0) return failed(`${left} tests are skipped or unfinished`, { passed: counts.passed, failed: left });
  return passed(counts.passed);
}

/** A number of the summary that Node's spec reporter closes with. */
function count(output: string, word: string): number {
  const lines = output.matchAll(new RegExp(`^\\S* ?${word} (\\d+)$`, "gm"));
  return Number([...lines].at(-1)?.[1] ?? 0);
}
