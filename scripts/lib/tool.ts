import { isRecord, readJson } from "./json.ts";
import { inRoot } from "./paths.ts";
import { type RunOptions, type RunResult, runCommand } from "./run-command.ts";

/**
 * Run a development tool of this project by its npm package. The tool's own JavaScript is run with the Node we run on:
 * the links in node_modules/.bin would need a shell on Windows.
 */
export function runTool(packageName: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runCommand(process.execPath, [binOf(packageName), ...args], { cwd: inRoot(), ...options });
}

function binOf(packageName: string): string {
  const manifest = readJson(inRoot("node_modules", packageName, "package.json"));
  const bin = isRecord(manifest) ? manifest["bin"] : undefined;
  const file = isRecord(bin) ? Object.values(bin)[0] : bin;
  if (typeof file !== "string") throw new Error(`the package ${packageName} has no command`);
  return inRoot("node_modules", packageName, file);
}
