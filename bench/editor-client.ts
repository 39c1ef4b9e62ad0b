import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { inRoot } from "../scripts/lib/paths.ts";

/** The bundled server in a process of its own, and an editor: the plainest one unless it says more, diagnostics are pushed to it. */
export interface EditorClient extends AsyncDisposable {
  readonly connection: ProtocolConnection;
  /** Milliseconds from the start of the process to the answer to `initialize`. */
  readonly startedIn: number;
  /** The diagnostics of one version of a document, when they come. */
  published(uri: string, version: number): Promise<PublishDiagnosticsParams>;
  configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
}

export async function startEditor(capabilities: ClientCapabilities = {}): Promise<EditorClient> {
  const started = performance.now();
  const server = spawn(process.execPath, [inRoot("dist", "server.cjs"), "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const last = new Map<string, PublishDiagnosticsParams>();
  let waiting: (() => void)[] = [];
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    last.set(params.uri, params);
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities });
  const startedIn = performance.now() - started;
  await connection.sendNotification("initialized", {});
  return {
    connection,
    startedIn,
    async published(uri, version) {
      for (;;) {
        const params = last.get(uri);
        if (params?.version === version) return params;
        // oxlint-disable-next-line no-await-in-loop -- until it comes
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    configure: (settings) =>
      connection.sendNotification("workspace/didChangeConfiguration", { settings: { postmaster: settings } }),
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
