import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheDirectory } from "../lib/paths.ts";
import { npm, type RunOptions, runCommand } from "../lib/run-command.ts";
import { Advice, duration, say } from "../lib/say.ts";
import { installCommand, installPackages, mayInstallPackages, missingPackages } from "../lib/system-packages.ts";
import versions from "./versions.json" with { type: "json" };

/** VS Code's own server, as the npm package code-server carries it: the real workbench and extension host, shown in a browser. */
export interface BrowserVsCode {
  /** The server's entry file, to be run with Node. */
  readonly serverMain: string;
}

const COMPILER = ["g++", "make", "python3"];

/** The native modules that the server cannot start without; the many others only serve features we do not use. */
const NATIVE_MODULES = ["@vscode/spdlog", "@vscode/native-watchdog"];

/**
 * The browser-based VS Code from the cache, installed there first if need be (about a minute and 700 MB).
 * @throws Advice if a compiler is missing or npm cannot fetch the packages.
 */
export async function browserVsCode(): Promise<BrowserVsCode> {
  const home = join(cacheDirectory(), `code-server-${versions.codeServer}`);
  const serverMain = join(home, "node_modules", "code-server", "lib", "vscode", "out", "server-main.js");
  if (existsSync(join(home, "complete"))) return { serverMain };
  await needCompiler();
  say(`installing VS Code for the browser into ${home}; once, about a minute`);
  const started = performance.now();
  // Installed beside its final place and then renamed, so that an interrupted install is never mistaken for a whole one.
  const unfinished = `${home}.${process.pid}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  try {
    await install(unfinished);
    await writeFile(join(unfinished, "complete"), "");
    await rm(home, { recursive: true, force: true });
    await rename(unfinished, home);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  say(`VS Code for the browser is installed (${duration(performance.now() - started)})`);
  return { serverMain };
}

async function install(folder: string): Promise<void> {
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  await step("fetching code-server", ["install", "--ignore-scripts", `code-server@${versions.codeServer}`], folder);
  const vscode = join(folder, "node_modules", "code-server", "lib", "vscode");
  await step("fetching what VS Code depends on", ["install", "--omit=dev", "--ignore-scripts"], vscode);
  await step("compiling its two native modules", ["rebuild", ...NATIVE_MODULES], vscode);
}

async function step(label: string, args: readonly string[], cwd: string): Promise<void> {
  say(label);
  const options: RunOptions = { cwd, quiet: true, label, env: headersOfMachineNode() };
  const { code, output } = await runCommand(npm, [...args, "--no-audit", "--no-fund"], options);
  if (code === 0) return;
  throw new Advice(`${label} failed. npm said:\n${output.trimEnd().split("\n").slice(-30).join("\n")}`);
}

/** Where the machine's Node brought its C headers, they serve as well as the ones the compiler would otherwise download. */
function headersOfMachineNode(): Readonly<Record<string, string>> {
  const prefix = dirname(dirname(process.env["POSTMASTER_MACHINE_NODE"] ?? process.execPath));
  return existsSync(join(prefix, "include", "node", "node_api.h")) ? { npm_config_nodedir: prefix } : {};
}

/** Installs a compiler where that is ours to do. */
async function needCompiler(): Promise<void> {
  const lacking = () => missingPackages().filter((one) => COMPILER.includes(one.package));
  const missing = lacking();
  if (missing.length === 0) return;
  const problem = mayInstallPackages() ? await installPackages(missing) : "";
  if (lacking().length === 0) return;
  throw new Advice(
    `VS Code for the browser has to compile two small native modules, and this machine lacks ${missing.map((one) => one.package).join(", ")}. ${problem ?? ""}\n` +
      `On Debian or Ubuntu, as root: ${installCommand(missing)}. On macOS: xcode-select --install.\n` +
      "Or install desktop VS Code and put its `code` command on the PATH.",
  );
}
