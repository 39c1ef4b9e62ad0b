import type { ClientRequests, Notifications, Requests } from "@postmaster/server/lsp/protocol.ts";
import {
  type CancellationToken,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  workspace,
} from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";
import { clientOptions, serverOptions } from "./start-options.ts";

/** The language server as the rest of the client sees it. It is started by the first document that needs it. */
export interface ServerClient {
  readonly language: LanguageClient;
  /** Starts the server if it never ran. Failures are shown and logged, not thrown. */
  start(): Promise<void>;
  restart(): Promise<void>;
  isRunning(): boolean;
  /** @throws if the token cancels it */
  request<M extends keyof Requests>(
    method: M,
    params: Requests[M]["params"],
    token?: CancellationToken,
  ): Promise<Requests[M]["result"]>;
  /** Told how far a report is, 0 to 1. */
  onReportProgress(id: string, listener: (part: number) => void): Disposable;
  /** Told what a report shows now that its logs have grown. Disposing tells the server that nobody wants to know any more. */
  onReportChanged(id: string, listener: (html: string) => void): Disposable;
}

export function createServerClient(context: ExtensionContext, log: LogOutputChannel): ServerClient {
  const language = new LanguageClient("postmaster", "Postmaster", serverOptions(context), clientOptions(log));
  let started: Promise<void> | null = null;

  const start = (): Promise<void> => {
    started ??= language.start().catch((error: unknown) => {
      log.error("The server did not start", error);
    });
    return started;
  };

  language.onRequest("postmaster/openDocument", ({ uri }: ClientRequests["postmaster/openDocument"]["params"]) =>
    openDocument(language, uri),
  );
  const listeners = new Map<string, (part: number) => void>();
  const readers = new Map<string, (html: string) => void>();
  language.onNotification("postmaster/reportProgress", ({ id, part }: Notifications["postmaster/reportProgress"]) =>
    listeners.get(id)?.(part),
  );
  language.onNotification("postmaster/reportChanged", ({ id, html }: Notifications["postmaster/reportChanged"]) =>
    readers.get(id)?.(html),
  );
  context.subscriptions.push(
    language,
    workspace.onDidGrantWorkspaceTrust(() => {
      const trust: Notifications["postmaster/trust"] = { trusted: true };
      if (language.state === State.Running) void language.sendNotification("postmaster/trust", trust);
    }),
  );

  return {
    language,
    start,
    restart: async () => {
      if (started === null) return start();
      await started;
      await (language.state === State.Stopped ? language.start() : language.restart());
    },
    isRunning: () => language.state === State.Running,
    request: <M extends keyof Requests>(method: M, params: Requests[M]["params"], token?: CancellationToken) =>
      // A token that is there but undefined would be sent as a second parameter.
      token === undefined
        ? language.sendRequest<Requests[M]["result"]>(method, params)
        : language.sendRequest<Requests[M]["result"]>(method, params, token),
    onReportProgress(id, listener) {
      listeners.set(id, listener);
      return { dispose: () => listeners.delete(id) };
    },
    onReportChanged(id, listener) {
      readers.set(id, listener);
      return {
        dispose() {
          readers.delete(id);
          const closed: Notifications["postmaster/reportClosed"] = { id };
          if (language.state === State.Running) void language.sendNotification("postmaster/reportClosed", closed);
        },
      };
    },
  };
}

/** The text of a document as the editor has it, saved or not; null if it is not open. */
function openDocument(language: LanguageClient, uri: string): ClientRequests["postmaster/openDocument"]["result"] {
  const open = workspace.textDocuments.find((document) => language.code2ProtocolConverter.asUri(document.uri) === uri);
  return open === undefined ? null : { version: open.version, text: open.getText() };
}
