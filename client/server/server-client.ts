import type { ClientRequests, Notifications, Requests } from "@postmaster/server/lsp/protocol.ts";
import {
  type CancellationToken,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  workspace,
} from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";
import { createCrashes } from "./crashes.ts";
import { endHungServer, hungServer } from "./end-hung-server.ts";
import { orTellItIsGone } from "./gone.ts";
import { clientOptions, serverOptions } from "./start-options.ts";
import { tellItDoesNotStart } from "./tell-it-does-not-start.ts";
import { tellOfCrashes } from "./tell-of-crashes.ts";
import { createTrustTeller } from "./trust-teller.ts";

/** The language server as the rest of the client sees it. It is started by the first document that needs it. */
export interface ServerClient {
  readonly language: LanguageClient;
  /** Starts the server if it never ran. Failures are shown and logged, not thrown. */
  start(): Promise<void>;
  /** Starts the server anew, whatever state it is in. Failures are shown and logged, not thrown. */
  restart(): Promise<void>;
  /** Ends it, whatever state it is in. */
  stop(): Promise<void>;
  isRunning(): boolean;
  /** Told of each server that has started: the first one, and those that take the place of one that ended. */
  onStarted(listener: () => void): Disposable;
  /**
   * Asks on behalf of the user, who is told if there is no server or if it ends meanwhile.
   * @throws if the token cancels it; a CancellationError if the user was told
   */
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
  const crashes = createCrashes();
  const trust = createTrustTeller({
    isTrusted: () => workspace.isTrusted,
    isRunning: () => language.state === State.Running,
    tell() {
      const trusted: Notifications["postmaster/trust"] = { trusted: true };
      void language.sendNotification("postmaster/trust", trusted);
    },
  });
  const language = new QuietClient(
    "postmaster",
    "Postmaster",
    serverOptions(context),
    clientOptions(
      log,
      () => trust.atStart(),
      tellOfCrashes(crashes, () => isEnding),
    ),
  );
  let started: Promise<void> | null = null;
  /** The user has a server ended that hangs. */
  let isEnding = false;
  let restarting: Promise<void> | null = null;

  const begin = async (): Promise<void> => {
    const ended = crashes.total();
    try {
      await language.start();
    } catch (error) {
      log.error("The server did not start", error);
      // One that ended while it started is started again like any other.
      if (crashes.total() === ended && !isEnding) void tellItDoesNotStart();
    }
  };

  const stop = async (): Promise<void> => {
    const hung = await hungServer(language);
    if (hung !== null) {
      isEnding = true;
      await endHungServer(language, hung).finally(() => {
        isEnding = false;
      });
    } else if (language.state === State.Running) {
      await language.stop().catch((error: unknown) => log.warn("The server did not stop by itself", error));
    }
  };

  const anew = async (): Promise<void> => {
    crashes.forget();
    await stop();
    started = begin();
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
    language.onDidChangeState(() => trust.check()),
    workspace.onDidGrantWorkspaceTrust(() => trust.check()),
  );

  return {
    language,
    start: () => (started ??= begin()),
    async restart() {
      await (restarting ??= anew().finally(() => {
        restarting = null;
      }));
      await started;
    },
    stop,
    isRunning: () => language.state === State.Running,
    onStarted: (listener) =>
      language.onDidChangeState(({ newState }) => {
        if (newState === State.Running) listener();
      }),
    request: <M extends keyof Requests>(method: M, params: Requests[M]["params"], token?: CancellationToken) =>
      orTellItIsGone(
        // A token that is there but undefined would be sent as a second parameter.
        token === undefined
          ? language.sendRequest<Requests[M]["result"]>(method, params)
          : language.sendRequest<Requests[M]["result"]>(method, params, token),
      ),
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

/** The library's own notifications come in crowds and not in our words: what they say is logged, and what matters is told by us. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The text of a document as the editor has it, saved or not; null if it is not open. */
function openDocument(language: LanguageClient, uri: string): ClientRequests["postmaster/openDocument"]["result"] {
  const open = workspace.textDocuments.find((document) => language.code2ProtocolConverter.asUri(document.uri) === uri);
  return open === undefined ? null : { version: open.version, text: open.getText() };
}
