import { readFile, writeFile } from "node:fs/promises";
import { PassThrough } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { startServer } from "@postmaster/server/lsp/connection.ts";
import type { CommandArguments, InitializationOptions, Requests } from "@postmaster/server/lsp/protocol.ts";
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeAction,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type DocumentSymbol,
  type Hover,
  type InitializeResult,
  Message,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  type RegistrationParams,
  type SemanticTokens,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { VS_CODE } from "./vs-code.ts";

/** An editor that knows the protocol as it was in 2016. */
export const PLAIN_EDITOR: ClientCapabilities = {};

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly options?: InitializationOptions;
  /** The `postmaster` section. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Answers `postmaster/openDocument` by URI. */
  readonly elsewhere?: ReadonlyMap<string, { readonly version: number; readonly text: string }>;
  /** Told of every request and notification that the server sends by itself. */
  readonly sent?: (method: string, params: unknown) => void;
}

export interface TestClient extends AsyncDisposable {
  readonly initialized: InitializeResult;
  /** What the server asked for after the start. */
  readonly registered: readonly Registration[];
  /** What the server told the user, oldest first. */
  readonly messages: readonly string[];
  /** What the server wrote into its own log. */
  readonly log: readonly string[];
  readonly refreshes: { readonly diagnostics: number; readonly status: number };
  open(uri: string, languageId: string, text?: string): Promise<void>;
  close(uri: string): Promise<void>;
  change(uri: string, changes: readonly TextDocumentContentChangeEvent[]): Promise<void>;
  text(uri: string): string;
  hover(uri: string, line: number, character: number): Promise<Hover | null>;
  /** Asked for, or waited for where the editor cannot ask. */
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  diagnosticReport(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  pushed(uri: string): Promise<PublishDiagnosticsParams>;
  actions(uri: string, line: number, diagnostics?: readonly Diagnostic[]): Promise<readonly CodeAction[]>;
  resolve(action: CodeAction): Promise<CodeAction>;
  symbols(uri: string): Promise<readonly DocumentSymbol[]>;
  tokens(uri: string): Promise<SemanticTokens>;
  ask<Method extends keyof Requests>(
    method: Method,
    params: Requests[Method]["params"],
  ): Promise<Requests[Method]["result"]>;
  /** Any request of the protocol about a document. */
  request<Result>(method: string, uri: string, more?: object): Promise<Result>;
  /** The HTML of the next `postmaster/reportChanged` that was not asked for yet. */
  reportChanged(): Promise<string>;
  closeReport(id: string): Promise<void>;
  /** A request that its user gave up at once. */
  askAndCancel(method: string, params: object): Promise<unknown>;
  changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  trust(trusted: boolean): Promise<void>;
  /** As an editor does after its user ticked everything: to open documents and to files. Opened documents are saved. */
  apply(edit: WorkspaceEdit): Promise<void>;
}

/** The real server in this process, and a client that talks to it over streams. */
export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
  const { client, stop } = connect(options.sent);
  const capabilities = options.capabilities ?? VS_CODE;
  let settings = options.settings ?? {};
  const messages: string[] = [];
  const log: string[] = [];
  const refreshes = { diagnostics: 0, status: 0 };
  const documents = new Map<string, TextDocument>();
  const published = new Map<string, PublishDiagnosticsParams>();
  const waiting: (() => void)[] = [];

  const asked: Registration[] = [];
  client.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => settings));
  const registered = new Promise<void>((resolve) => {
    client.onRequest("client/registerCapability", ({ registrations }: RegistrationParams) => {
      asked.push(...registrations);
      resolve();
      return null;
    });
  });
  client.onRequest("workspace/diagnostic/refresh", () => {
    refreshes.diagnostics += 1;
    return null;
  });
  client.onRequest("postmaster/openDocument", ({ uri }: { uri: string }) => options.elsewhere?.get(uri) ?? null);
  client.onNotification("postmaster/statusChanged", () => {
    refreshes.status += 1;
  });
  client.onNotification("window/showMessage", ({ message }: { message: string }) => void messages.push(message));
  client.onNotification("window/logMessage", ({ message }: { message: string }) => void log.push(message));
  const reports: string[] = [];
  client.onNotification("postmaster/reportChanged", ({ html }: { html: string }) => {
    reports.push(html);
    for (const wake of waiting.splice(0)) wake();
  });
  client.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params);
    for (const wake of waiting.splice(0)) wake();
  });
  client.listen();

  const folders = (options.folders ?? []).map((folder) => ({ uri: pathToFileURL(folder).href, name: folder }));
  const initialized: InitializeResult = await client.sendRequest("initialize", {
    processId: null,
    rootUri: folders[0]?.uri ?? null,
    capabilities,
    workspaceFolders: folders,
    initializationOptions: options.options,
  });
  await client.sendNotification("initialized", {});
  if (capabilities.workspace?.configuration !== true) await pushSettings();
  else await registered;

  function pushSettings(): Promise<void> {
    return client.sendNotification("workspace/didChangeConfiguration", { settings: { postmaster: settings } });
  }

  function known(uri: string): TextDocument {
    const document = documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }

  async function change(uri: string, changes: readonly TextDocumentContentChangeEvent[]): Promise<void> {
    const version = known(uri).version + 1;
    documents.set(uri, TextDocument.update(known(uri), [...changes], version));
    await client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [...changes],
    });
  }

  async function pushed(uri: string): Promise<PublishDiagnosticsParams> {
    for (;;) {
      const last = published.get(uri);
      if (last?.version === known(uri).version) return last;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  const diagnosticReport = (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    client.sendRequest("textDocument/diagnostic", {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });

  return {
    initialized,
    registered: asked,
    messages,
    log,
    refreshes,
    async close(uri) {
      documents.delete(uri);
      await client.sendNotification("textDocument/didClose", { textDocument: { uri } });
    },
    async open(uri, languageId, text) {
      const content = text ?? (await readFile(fileURLToPath(uri), "utf8"));
      documents.set(uri, TextDocument.create(uri, languageId, 1, content));
      await client.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId, version: 1, text: content },
      });
    },
    change,
    text: (uri) => known(uri).getText(),
    hover: (uri, line, character) =>
      client.sendRequest("textDocument/hover", { textDocument: { uri }, position: { line, character } }),
    diagnosticReport,
    pushed,
    async diagnostics(uri) {
      if (capabilities.textDocument?.diagnostic === undefined) return (await pushed(uri)).diagnostics;
      const report = await diagnosticReport(uri);
      if (report.kind !== "full") throw new Error("asked without a result id, and told that nothing changed");
      return report.items;
    },
    actions: (uri, line, diagnostics = []) =>
      client.sendRequest("textDocument/codeAction", {
        textDocument: { uri },
        range: lineRange(line),
        context: { diagnostics: [...diagnostics], only: ["quickfix"] },
      }),
    resolve: (action) => client.sendRequest("codeAction/resolve", action),
    symbols: (uri) => client.sendRequest("textDocument/documentSymbol", { textDocument: { uri } }),
    tokens: (uri) => client.sendRequest("textDocument/semanticTokens/full", { textDocument: { uri } }),
    ask: (method, params) => client.sendRequest(method, params),
    request: (method, uri, more = {}) => client.sendRequest(method, { textDocument: { uri }, ...more }),
    askAndCancel(method, params) {
      const source = new CancellationTokenSource();
      const answer: Promise<unknown> = client.sendRequest(method, params, source.token);
      source.cancel();
      return answer;
    },
    async reportChanged() {
      for (;;) {
        const html = reports.shift();
        if (html !== undefined) return html;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    closeReport: (id) => client.sendNotification("postmaster/reportClosed", { id }),
    async changeSettings(now) {
      settings = now;
      await pushSettings();
    },
    trust: (trusted) => client.sendNotification("postmaster/trust", { trusted }),
    async apply(edit) {
      for (const { uri, version, edits } of documentEdits(edit)) {
        const open = documents.get(uri);
        if (open !== undefined && version !== null && version !== open.version)
          throw new Error(`${uri} has another version`);
        const before = open ?? TextDocument.create(uri, "", 0, await readFile(fileURLToPath(uri), "utf8"));
        const after = TextDocument.applyEdits(before, [...edits]);
        if (open !== undefined) await change(uri, [{ text: after }]);
        await writeFile(fileURLToPath(uri), after);
      }
    },
    [Symbol.asyncDispose]: () => stop(),
  };
}

/** A diagnostic's text; ours are plain. */
export function messageOf(diagnostic: Diagnostic | undefined): string {
  if (typeof diagnostic?.message !== "string") throw new Error("no diagnostic, or one whose message is not plain text");
  return diagnostic.message;
}

/** The argument of an action's command. */
export function argumentOf<Name extends keyof CommandArguments>(
  action: CodeAction,
  name: Name,
): CommandArguments[Name] {
  if (action.command?.command !== name) throw new Error(`"${action.title}" runs ${String(action.command?.command)}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unsafe-return -- the name decides the type
  return action.command.arguments?.[0] as CommandArguments[Name];
}

function lineRange(line: number): Range {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}

function documentEdits(
  edit: WorkspaceEdit,
): readonly { uri: string; version: number | null; edits: { range: Range; newText: string }[] }[] {
  const plain = Object.entries(edit.changes ?? {}).map(([uri, edits]) => ({ uri, version: null, edits }));
  const versioned = (edit.documentChanges ?? []).flatMap((change) => {
    if (!("textDocument" in change)) throw new Error("no edit of ours creates, renames or deletes files");
    const edits = change.edits.flatMap((one) => ("newText" in one ? [{ range: one.range, newText: one.newText }] : []));
    return [{ uri: change.textDocument.uri, version: change.textDocument.version, edits }];
  });
  return [...plain, ...versioned];
}

let engine: LogEngine | null = null;

/** One for all servers of a test file: it keeps nothing of what it reads, and compiling takes a quarter of a second. */
function sharedEngine(): LogEngine {
  engine ??= createCatalogueEngine();
  return engine;
}

function connect(sent: ClientOptions["sent"]): {
  readonly client: ProtocolConnection;
  readonly stop: () => Promise<void>;
} {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const writer = new StreamMessageWriter(toClient);
  const write = writer.write.bind(writer);
  writer.write = (message) => {
    if (Message.isRequest(message) || Message.isNotification(message)) sent?.(message.method, message.params);
    return write(message);
  };
  const server = createConnection(new StreamMessageReader(toServer), writer);
  startServer(server, sharedEngine);
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  return {
    client,
    async stop() {
      await client.sendRequest("shutdown");
      client.dispose();
      server.dispose();
    },
  };
}
