import type { Status } from "@postmaster/server/lsp/protocol.ts";
import { type Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages, window } from "vscode";
import { State } from "vscode-languageclient/node";
import { isOurs, OUR_DOCUMENTS } from "../language/language-ids.ts";
import { plainText } from "../text/plain-text.ts";
import type { ServerClient } from "./server-client.ts";

/** Shows in the status bar whether the server runs and which configuration the document's fixes are computed against. */
export function createStatusItem(server: ServerClient): Disposable[] {
  const item = languages.createLanguageStatusItem("postmaster.status", OUR_DOCUMENTS);
  item.name = "Postmaster";
  let asked = 0;

  const refresh = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    asked += 1;
    const mine = asked;
    if (server.language.state !== State.Running) return showServer(item, server.language.state);
    if (document === undefined || !isOurs(document)) return;
    try {
      const uri = server.language.code2ProtocolConverter.asUri(document.uri);
      // Nobody asked for it: if the server is gone meanwhile, the item shows that.
      const status = await server.language.sendRequest<Status>("postmaster/status", { uri });
      if (mine === asked) showStatus(item, status);
    } catch (error) {
      server.language.outputChannel.warn("No status from the server", error);
    }
  };

  void refresh();
  return [
    item,
    server.language.onDidChangeState(() => void refresh()),
    server.language.onNotification("postmaster/statusChanged", () => void refresh()),
    window.onDidChangeActiveTextEditor(() => void refresh()),
  ];
}

function showServer(item: LanguageStatusItem, state: State): void {
  const failed = state === State.Stopped || state === State.StartFailed;
  item.busy = !failed;
  item.text = failed ? "Postmaster is not running" : "Postmaster is starting";
  item.detail = "";
  item.severity = failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  item.command = failed
    ? { title: "Restart Server", command: "postmaster.restartServer" }
    : { title: "Show Server Log", command: "postmaster.showServerLog" };
}

function showStatus(item: LanguageStatusItem, status: Status): void {
  item.busy = false;
  item.severity = LanguageStatusSeverity.Information;
  item.text = plainText(status.configuration?.directory ?? "No mail server configuration");
  item.detail = plainText(status.detail);
  item.command =
    status.configuration === null
      ? { title: "Choose…", command: "workbench.action.openSettings", arguments: ["postmaster.configDirectory"] }
      : { title: "Show Server Log", command: "postmaster.showServerLog" };
}
