import { fork } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import type { InitializationOptions } from "@postmaster/server/lsp/protocol.ts";
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver/node";
import { SERVER_FLAGS } from "../client/server/server-flags.ts";
import { inRoot } from "../scripts/lib/paths.ts";
import { VS_CODE } from "../test/server/vs-code.ts";

/** The bundled server as VS Code runs it: a process of its own, messages over Node's channel between parent and child. */
export interface IpcClient extends AsyncDisposable {
  readonly connection: ProtocolConnection;
}

/** @param folder the workspace */
export async function startIpcClient(folder: string): Promise<IpcClient> {
  const server = fork(inRoot("dist", "server.cjs"), ["--node-ipc"], { execArgv: [...SERVER_FLAGS], stdio: "inherit" });
  const connection = createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server));
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => ({})));
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/diagnostic/refresh", () => null);
  connection.onRequest("postmaster/openDocument", () => null);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  const initializationOptions: InitializationOptions = {
    trusted: true,
    clientCommands: true,
    openDocuments: true,
    addsCommonEnd: true,
  };
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: uri,
    capabilities: VS_CODE,
    workspaceFolders: [{ uri, name: "bench" }],
    initializationOptions,
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    async [Symbol.asyncDispose]() {
      const ended = once(server, "exit");
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      await ended;
      connection.dispose();
    },
  };
}
