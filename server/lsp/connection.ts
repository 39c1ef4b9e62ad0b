import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { explainText } from "@postmaster/core/features/explain.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import {
  BulkRegistration,
  CancellationToken as Cancellation,
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
} from "vscode-languageserver";
import { describeFailure, guarded } from "./failure.ts";
import { performFix } from "./fixes.ts";
import { addForConfiguration } from "./for-configuration.ts";
import { onAdmit, onSmtpdServices } from "./handlers/admit.ts";
import { onExecuteCommand } from "./handlers/client-commands.ts";
import { onCodeAction, onResolve } from "./handlers/code-action.ts";
import { onDiagnostics, pushDiagnostics } from "./handlers/diagnostics.ts";
import { onDocumentSymbol } from "./handlers/document-symbol.ts";
import { onHover } from "./handlers/hover.ts";
import { onLookUp, onTables } from "./handlers/look-up.ts";
import { closeReport, closeReports, onReport, onReportLines } from "./handlers/report.ts";
import { onRoute } from "./handlers/route.ts";
import { onSemanticTokens } from "./handlers/semantic-tokens.ts";
import { noSetting, onSetting } from "./handlers/setting.ts";
import { onStatus } from "./handlers/status.ts";
import { noTrace, onTrace } from "./handlers/trace.ts";
import { onValidate } from "./handlers/validate.ts";
import { initializeAnswer } from "./initialize-answer.ts";
import { registerLanguageFeatures } from "./language-features.ts";
import type {
  AdmitResult,
  ExplainParameters,
  FixParameters,
  LookUpResult,
  Notifications,
  RedactParameters,
  RedactResult,
  ValidateResult,
} from "./protocol.ts";
import type { Session } from "./session.ts";
import { type RunningSession, startSession } from "./start-session.ts";

/** Files whose change on disk changes what we say; the editor watches them for us. */
const WATCHED = ["**/main.cf", "**/master.cf", "**/settings.py", "**/dovecot*/**/*.conf"];

/**
 * Serve one editor over a connection, from `initialize` to the end.
 * @param createEngine makes what reads logs; called once, when the first log is opened
 */
export function startServer(connection: Connection, createEngine: () => LogEngine): void {
  const begin = registerHandlers(connection, createEngine);
  connection.onInitialize((params) => {
    begin(params);
    return initializeAnswer(params);
  });
  connection.listen();
}

/** Makes a connection answer everything but `initialize`. @returns what begins the session, with the parameters of `initialize` */
export function registerHandlers(
  connection: Connection,
  createEngine: () => LogEngine = createCatalogueEngine,
): (params: InitializeParams) => void {
  let running: RunningSession | null = null;
  const failed =
    (during: string) =>
    (error: unknown): void =>
      connection.console.error(describeFailure(during, error));

  /** A handler that needs the session; before `initialize` there is nothing to answer. */
  function serve<Params, Result>(
    during: string,
    otherwise: Result,
    handler: (session: Session, params: Params, token: CancellationToken) => Promise<Result> | Result,
  ): (params: Params, token: CancellationToken) => Promise<Result> {
    return guarded(connection.console, during, otherwise, (params, token) =>
      running === null ? otherwise : handler(running, params, token),
    );
  }

  connection.onInitialized(async () => {
    if (running === null) return;
    await registerLate(running).catch(failed("registering"));
    if (running.client.tellsFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        running?.setFolders(added, removed);
        refresh();
      });
    }
  });
  connection.onShutdown(async () => {
    if (running !== null) await closeReports(running);
    await running?.close();
  });

  connection.onDidOpenTextDocument(({ textDocument }) => {
    running?.documents.open(textDocument);
    schedulePush(textDocument.uri, textDocument.version);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = running?.documents.change(textDocument.uri, textDocument.version, contentChanges);
    if (document?.kind === "text") pushConfigurations();
    else schedulePush(textDocument.uri, textDocument.version);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    running?.documents.close(textDocument.uri);
    if (running !== null && !running.client.pullsDiagnostics) {
      connection.sendDiagnostics({ uri: textDocument.uri, diagnostics: [] }).catch(failed("diagnostics"));
    }
  });
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    running?.settings.changed(sectionOf(settings));
    refresh();
  });
  connection.onDidChangeWatchedFiles(refresh);

  connection.onHover(serve("hover", null, onHover));
  connection.onCodeAction(serve("code actions", [], onCodeAction));
  connection.onCodeActionResolve((action, token) => serve("resolving a code action", action, onResolve)(action, token));
  connection.onDocumentSymbol(serve("the outline", [], onDocumentSymbol));
  connection.onExecuteCommand(
    serve("a command", null, (session, { command, arguments: given }) =>
      onExecuteCommand(session, command, given ?? []),
    ),
  );
  connection.languages.semanticTokens.on(
    serve("semantic tokens", { data: [] }, (session, { textDocument }, token) =>
      onSemanticTokens(session, textDocument.uri, null, token),
    ),
  );
  connection.languages.semanticTokens.onRange(
    serve("semantic tokens", { data: [] }, (session, { textDocument, range }, token) =>
      onSemanticTokens(session, textDocument.uri, range, token),
    ),
  );
  connection.languages.diagnostics.on(serve("diagnostics", { kind: "full", items: [] }, onDiagnostics));

  registerLanguageFeatures(connection, serve);

  connection.onRequest(
    "postmaster/status",
    serve("the status", { configuration: null, detail: "It could not be found out." }, onStatus),
  );
  connection.onRequest(
    "postmaster/fix",
    serve("a fix", FAILED_FIX, (session, wanted: FixParameters, token) => performFix(session, wanted, token)),
  );
  connection.onRequest("postmaster/validate", serve("validating with Postfix", FAILED_VALIDATION, onValidate));
  connection.onRequest("postmaster/route", serve("a route", { problem: "It could not be found.", lines: [] }, onRoute));
  connection.onRequest("postmaster/tables", serve("the tables", [], onTables));
  connection.onRequest("postmaster/lookUp", serve("a lookup", FAILED_LOOK_UP, onLookUp));
  connection.onRequest(
    "postmaster/explain",
    serve("an explanation", { markdown: null }, (session, { text }: ExplainParameters) => ({
      markdown: explainText(session.engine(), text),
    })),
  );
  connection.onRequest("postmaster/admit", serve("a question of admission", FAILED_ADMISSION, onAdmit));
  connection.onRequest("postmaster/smtpdServices", serve("the services", [], onSmtpdServices));
  connection.onRequest(
    "postmaster/setting",
    serve("a setting", noSetting("The setting could not be looked for."), onSetting),
  );
  connection.onRequest("postmaster/trace", serve("a trace", noTrace("The trace could not be made."), onTrace));
  connection.onRequest("postmaster/redact", serve("redacting", FAILED_REDACTION, lateRedact));
  connection.onRequest("postmaster/report", serve("a report", null, onReport));
  connection.onNotification("postmaster/reportClosed", ({ id }: Notifications["postmaster/reportClosed"]) => {
    if (running !== null) void closeReport(running, id);
  });
  connection.onRequest("postmaster/reportLines", serve("the lines of a report", null, onReportLines));
  connection.onNotification("postmaster/trust", ({ trusted }: Notifications["postmaster/trust"]) => {
    running?.trust(trusted);
    refresh();
  });

  /** After what is already in the pipe: of several changes that came at once only the last is worth the work. */
  function schedulePush(uri: string, version: number): void {
    const session = running;
    if (session === null || session.client.pullsDiagnostics) return;
    setImmediate(() => {
      pushDiagnostics(session, uri, version, Cancellation.None).catch(failed("diagnostics"));
    });
  }

  /** What is wrong with one file of a configuration may depend on another. */
  function pushConfigurations(): void {
    for (const { kind, uri, version } of running?.documents.all() ?? []) {
      if (kind === "text") schedulePush(uri, version);
    }
  }

  /** Something outside the documents changed: settings, files on disk, trust. */
  function refresh(): void {
    if (running === null) return;
    running.snapshots.forget();
    refreshDiagnostics();
    connection.sendNotification("postmaster/statusChanged").catch(failed("a notification"));
  }

  function refreshDiagnostics(): void {
    const session = running;
    if (session === null) return;
    if (session.client.pullsDiagnostics) {
      if (session.client.refreshesDiagnostics) connection.languages.diagnostics.refresh().catch(failed("a refresh"));
    } else {
      for (const { uri, version } of session.documents.all()) schedulePush(uri, version);
    }
  }

  return (params) => {
    running = startSession(connection, params, createEngine, refreshDiagnostics);
  };
}

const FAILED_VALIDATION: ValidateResult = { problem: "It could not be done.", summary: "", report: "", complaints: 0 };
const FAILED_LOOK_UP: LookUpResult = {
  problem: "It could not be done.",
  table: "",
  value: null,
  complaints: "",
  fromText: null,
};
const FAILED_ADMISSION: AdmitResult = { text: "", links: [], tells: [], problem: "It could not be worked out." };
const FAILED_REDACTION: RedactResult = { text: null, summary: "", problem: "It could not be done." };

/** It knows every word of every entry and message: that is loaded for who asks. */
async function lateRedact(session: Session, wanted: RedactParameters, token: CancellationToken): Promise<RedactResult> {
  const { onRedact } = await import("./handlers/redact.ts");
  return onRedact(session, wanted, token);
}
const FAILED_FIX = { title: "", edit: null, after: null, problem: "The fix could not be computed." } as const;

/** Asks to be told of changed settings and files, and to be asked what is only for some of our documents. */
async function registerLate({ connection, client }: Session): Promise<void> {
  const wanted = BulkRegistration.create();
  if (client.answersConfiguration) wanted.add(DidChangeConfigurationNotification.type, { section: "postmaster" });
  if (client.watchesFiles) {
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    wanted.add(DidChangeWatchedFilesNotification.type, { watchers });
  }
  addForConfiguration(wanted, client);
  const { answersConfiguration, watchesFiles, registers } = client;
  if (answersConfiguration || watchesFiles || Object.values(registers).includes(true)) {
    await connection.client.register(wanted);
  }
}

/** The `postmaster` section of pushed settings, whether they come with that key around them or without. */
function sectionOf(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null || !("postmaster" in settings)) return settings;
  return settings.postmaster;
}
