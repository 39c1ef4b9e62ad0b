import type { CommandArguments } from "@postmaster/server/lsp/protocol.ts";
import { commands, type ExtensionContext, type TextDocument, type Uri, window, workspace } from "vscode";
import { type AdmitArguments, createAdmissionDocuments } from "./admission/admission-documents.ts";
import { askAdmission } from "./admission/ask-admission.ts";
import { lookUpInTable } from "./configuration/look-up.ts";
import { whereWouldThisGo } from "./configuration/route.ts";
import { validateWithPostfix } from "./configuration/validate.ts";
import { quiet } from "./editor/quiet.ts";
import { afterFix } from "./fixes/after-fix.ts";
import { APPLY_TICKED, applyTicked } from "./fixes/apply-ticked.ts";
import { askThenFix } from "./fixes/ask-then-fix.ts";
import { watchChanges } from "./fixes/changed-documents.ts";
import { copyCommands, copyFixCommands } from "./fixes/copy-commands.ts";
import { showLines } from "./fixes/show-lines.ts";
import { showReason } from "./fixes/show-reason.ts";
import { detectLanguages } from "./language/detect-language.ts";
import { isOurs } from "./language/language-ids.ts";
import { createManualChoices } from "./language/manual-choices.ts";
import { treatAsPostfixLog } from "./language/treat-as-postfix-log.ts";
import { copyRedacted } from "./redact/copy-redacted.ts";
import { createFoundLines } from "./report/found-lines.ts";
import { createLargeLogItem } from "./report/large-log-item.ts";
import { offerReports } from "./report/offer-report.ts";
import { registerPackedLogEditor } from "./report/packed-log-editor.ts";
import { createReports } from "./report/show-report.ts";
import { createTooLargeItem } from "./report/too-large-item.ts";
import { createServerClient, type ServerClient } from "./server/server-client.ts";
import { createStatusItem } from "./server/status-item.ts";
import { goToSetting, readSettingPlace } from "./trace/go-to-setting.ts";
import { createTraces, readTracePlace } from "./trace/show-trace.ts";

let running: ServerClient | null = null;

/** Called by VS Code once, when a document or command needs us. The server waits for the first document of ours. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Postmaster", { log: true });
  const server = createServerClient(context, log);
  running = server;
  const choices = createManualChoices(context.workspaceState);
  const uriOf = (document: TextDocument): string => server.language.code2ProtocolConverter.asUri(document.uri);
  const changes = watchChanges(uriOf);
  const after = (fix: CommandArguments["postmaster.afterFix"]): Promise<void> => afterFix(fix, changes, uriOf);

  const admissions = createAdmissionDocuments();
  const found = createFoundLines();
  const reports = createReports(context, server, found);
  const traces = createTraces(context, server);

  context.subscriptions.push(
    log,
    admissions,
    found,
    changes,
    ...createStatusItem(server),
    ...detectLanguages(choices),
    ...fixCommands(server, after),
    commands.registerCommand("postmaster.treatAsPostfixLog", () => treatAsPostfixLog(choices)),
    commands.registerCommand(
      "postmaster.copyFixCommands",
      quiet(() => copyFixCommands(server)),
    ),
    commands.registerCommand(
      "postmaster.showReport",
      quiet((chosen?: Uri, selected?: readonly Uri[]) => reports.show(chosen, selected)),
    ),
    commands.registerCommand(
      "postmaster.showReportOfSet",
      quiet((chosen?: Uri) => reports.showSet(chosen)),
    ),
    registerPackedLogEditor(reports),
    ...offerReports(reports, context.globalState),
    ...createLargeLogItem(),
    ...createTooLargeItem(),
    commands.registerCommand(
      "postmaster.whereWouldThisGo",
      quiet(() => whereWouldThisGo(server)),
    ),
    commands.registerCommand(
      "postmaster.validateWithPostfix",
      quiet(() => validateWithPostfix(server)),
    ),
    commands.registerCommand(
      "postmaster.lookUpInTable",
      quiet((table: unknown) => lookUpInTable(server, table)),
    ),
    commands.registerCommand(
      "postmaster.admit",
      quiet((given?: AdmitArguments) => askAdmission(server, admissions, context.workspaceState, given)),
    ),
    // From the menu VS Code gives the address of the document: the cursor is where it was clicked.
    commands.registerCommand(
      "postmaster.traceMail",
      quiet((place?: unknown) => traces.show(readTracePlace(place))),
    ),
    commands.registerCommand(
      "postmaster.goToSetting",
      quiet((place?: unknown) => goToSetting(server, readSettingPlace(place))),
    ),
    commands.registerCommand("postmaster.copyRedacted", () => copyRedacted(server)),
    commands.registerCommand("postmaster.restartServer", () => server.restart()),
    commands.registerCommand("postmaster.showServerLog", () => log.show()),
    workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document)) void server.start();
    }),
  );
  if (workspace.textDocuments.some(isOurs)) void server.start();
}

/** Called by VS Code before it ends. */
export async function deactivate(): Promise<void> {
  await running?.stop();
  running = null;
}

/** What the server's code actions ask us to do. */
function fixCommands(server: ServerClient, after: (fix: CommandArguments["postmaster.afterFix"]) => Promise<void>) {
  return [
    register("postmaster.afterFix", after),
    commands.registerCommand(
      APPLY_TICKED,
      quiet((edit: unknown, fix: unknown) => applyTicked(edit, fix, after)),
    ),
    register("postmaster.askThenFix", (ask) => askThenFix(ask, server, after)),
    register("postmaster.copyCommands", copyCommands),
    register("postmaster.showLines", showLines),
    register("postmaster.showReason", showReason),
  ];
}

function register<C extends keyof CommandArguments>(command: C, run: (argument: CommandArguments[C]) => Promise<void>) {
  return commands.registerCommand(command, quiet(run));
}
