import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { VS_CODE } from "../../server/vs-code.ts";

const SERVER = fileURLToPath(new URL("../../../server/lsp/main.ts", import.meta.url));

/** The real server in a process of its own, spoken to over its standard streams. */
export interface StdioServer {
  readonly connection: ProtocolConnection;
  /** What it wrote to its standard error so far. */
  stderr(): string;
  /** Ends it as an editor does. @returns its exit code */
  stop(): Promise<number | null>;
}

export interface StdioOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly trusted?: boolean;
}

/** @param nodeOptions arguments for Node, before the program's */
export async function startStdioServer(
  folder: string,
  nodeOptions: readonly string[],
  { settings = {}, trusted = true }: StdioOptions = {},
): Promise<StdioServer> {
  const child = spawn(process.execPath, [...nodeOptions, SERVER, "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
  const said: Buffer[] = [];
  child.stderr.on("data", (piece: Buffer) => said.push(piece));
  const ended = once(child, "exit");
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => settings));
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/diagnostic/refresh", () => null);
  connection.onRequest("postmaster/openDocument", () => null);
  connection.listen();
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "folder" }];
  // A server that dies before it answers would leave its editor waiting for ever.
  const failed = ended.then(([code]: unknown[]) => {
    throw new Error(`the server ended (${String(code)}): ${Buffer.concat(said).toString("utf8")}`);
  });
  failed.catch(() => undefined);
  const started = connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: VS_CODE,
    workspaceFolders,
    initializationOptions: { clientCommands: true, trusted },
  });
  await Promise.race([started, failed]);
  await connection.sendNotification("initialized", {});
  return {
    connection,
    stderr: () => Buffer.concat(said).toString("utf8"),
    async stop() {
      if (child.exitCode === null) {
        await Promise.race([connection.sendRequest("shutdown"), ended]);
        await connection.sendNotification("exit");
      }
      await ended;
      connection.dispose();
      return child.exitCode;
    },
  };
}
