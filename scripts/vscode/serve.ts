import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runCommand } from "../lib/run-command.ts";
import { browserVsCode } from "./browser-vscode.ts";

export interface ServeOptions {
  /** The connection token, or null for none: then every user of this machine can use the editor and its terminal. */
  readonly token: string | null;
  /** Obey the test driver's address parameters (extension and suite to load). Never for a person. */
  readonly testDriver: boolean;
  /** Trust every folder without asking. */
  readonly trustAll: boolean;
  /** The user's settings.json. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The server's own settings.json: where settings of scope `machine` come from. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Packaged extensions to install first. */
  readonly extensions: readonly string[];
  /** More environment for the server and its extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningServer {
  /** `127.0.0.1:PORT`: the authority of both the page and its `vscode-remote` URIs. */
  readonly authority: string;
  /** Of the server, and of the process group of all that it starts; on Windows there is no such group. */
  readonly pid: number;
  /** Scratch folder with the server's data; its log is `server.log` inside. */
  readonly folder: string;
  /** Resolves when the server ends, by itself or by `stop`. */
  readonly ended: Promise<unknown>;
  /** Ends the server if it still runs, and removes its scratch folder. */
  stop(): Promise<void>;
}

/**
 * Start the browser-based VS Code on a free loopback port.
 * @throws if it ends before it listens; the error carries what it said.
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { serverMain } = await browserVsCode();
  const folder = await mkdtemp(join(tmpdir(), "postmaster-vscode-"));
  const data = join(folder, "data", "data");
  await writeSettings(join(data, "User"), options.settings);
  await writeSettings(join(data, "Machine"), options.machineSettings ?? {});
  const places = ["--server-data-dir", join(folder, "data"), "--extensions-dir", join(folder, "extensions")];
  const common = [serverMain, ...places, "--accept-server-license-terms", "--disable-telemetry"];
  for (const vsix of options.extensions) await installExtension(common, vsix);

  const child = spawn(process.execPath, [...common, ...(await listenArguments(options, folder))], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
    // A process group of its own: its extension hosts and file watchers must end with it.
    detached: process.platform !== "win32",
  });
  const ended = once(child, "exit");
  const stop = async () => {
    await end(child, ended);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const authority = `127.0.0.1:${await portOf(child, folder)}`;
  const { pid } = child;
  if (pid === undefined) throw new Error("VS Code's server was not started");
  return { authority, pid, folder, ended, stop };
}

async function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "settings.json"), JSON.stringify(settings, null, 2));
}

async function installExtension(common: readonly string[], vsix: string): Promise<void> {
  const { code, output } = await runCommand(process.execPath, [...common, "--install-extension", vsix], {
    quiet: true,
  });
  if (code !== 0 || !output.includes("successfully installed"))
    throw new Error(`VS Code did not install ${vsix}:\n${output}`);
}

async function listenArguments(options: ServeOptions, folder: string): Promise<readonly string[]> {
  const args = ["--host", "127.0.0.1", "--port", "0"];
  if (options.token === null) {
    args.push("--without-connection-token");
  } else {
    // In a file, not an argument: arguments are there for every user of the machine to read.
    const file = join(folder, "token");
    await writeFile(file, options.token, { mode: 0o600 });
    args.push("--connection-token-file", file);
  }
  if (options.testDriver) args.push("--enable-smoke-test-driver");
  if (options.trustAll) args.push("--disable-workspace-trust");
  return args;
}

/** Waits for the line that names the port; everything said is kept in server.log. */
async function portOf(child: ChildProcess, folder: string): Promise<number> {
  const log = createWriteStream(join(folder, "server.log"));
  const said: string[] = [];
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the server's output is not connected");
  stdout.pipe(log);
  stderr.on("data", (chunk: Buffer) => {
    said.push(chunk.toString());
    log.write(chunk);
  });
  return new Promise((resolve, reject) => {
    createInterface(stdout).on("line", (line) => {
      said.push(line);
      const port = /agent listening on (\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`VS Code's server ended (exit code ${code}) before it listened:\n${said.join("\n")}`));
    });
  });
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  if (process.platform === "win32") child.kill();
  else process.kill(-child.pid, "SIGTERM");
  await ended;
}
