import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { inRoot } from "../scripts/lib/paths.ts";

/** The bundled server in a process of its own, and the plainest of editors: diagnostics are pushed to it. */
export interface EditorClient extends AsyncDisposable {
  readonly connection: ProtocolConnection;
  /** Milliseconds from the start of the process to the answer to `initialize`. */
  readonly startedIn: number;
  /** The diagnostics of one version of a document, when they come. */
  published(version: number): Promise<PublishDiagnosticsParams>;
}

export async function startEditor(): Promise<EditorClient> {
  const started = performance.now();
  const server = spawn(process.execPath, [inRoot("dist", "server.cjs"), "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let waiting: { readonly version: number; readonly resolve: (params: PublishDiagnosticsParams) => void } | null = null;
  let last: PublishDiagnosticsParams | null = null;
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    last = params;
    if (params.version === waiting?.version) waiting?.resolve(params);
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  const startedIn = performance.now() - started;
  await connection.sendNotification("initialized", {});
  return {
    connection,
    startedIn,
    published(version) {
      if (last?.version === version) return Promise.resolve(last);
      return new Promise((resolve) => {
        waiting = { version, resolve };
      });
    },
    async [Symbol.asyncDispose]() {
      await stop(server, connection);
    },
  };
}

async function stop(server: ChildProcess, connection: ProtocolConnection): Promise<void> {
  const ended = once(server, "exit");
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  await ended;
  connection.dispose();
}
