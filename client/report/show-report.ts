import { randomUUID } from "node:crypto";
import {
  type CancellationToken,
  type ExtensionContext,
  ProgressLocation,
  type Uri,
  type WebviewPanel,
  window,
} from "vscode";
import { LOG_LANGUAGE } from "../language/language-ids.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";
import { openView, type ViewPanel, viewIn } from "../views/view-panel.ts";
import type { FoundLines } from "./found-lines.ts";
import { openPlace } from "./open-place.ts";
import { rotatedLogs } from "./rotated-logs.ts";

/** Shows reports, each in a view of its own; a report that is open already is made anew. */
export interface Reports {
  /** The command: of what was chosen in the explorer, else of the log in the active editor, else of files that are asked for. */
  show(chosen?: Uri, selected?: readonly Uri[]): Promise<void>;
  /** The same, with what was rotated away from the log. */
  showSet(chosen?: Uri): Promise<void>;
  /** Shows the report of one log in a panel that VS Code has opened for it. */
  showIn(panel: WebviewPanel, log: Uri): Promise<void>;
}

export function createReports(context: ExtensionContext, server: ServerClient, found: FoundLines): Reports {
  const views = new Map<string, ViewPanel>();

  return {
    show: async (chosen, selected) => showOf(await wanted(chosen, selected)),
    async showSet(chosen) {
      const [log] = await wanted(chosen, undefined);
      if (log !== undefined) await showOf(await rotatedLogs(log));
    },
    async showIn(panel, log) {
      const uris = toServer([log]);
      await fill(
        viewIn(
          panel,
          viewOptions(uris, () => undefined),
        ),
        uris,
      );
    },
  };

  function toServer(uris: readonly Uri[]): readonly string[] {
    return uris.map((uri) => server.language.code2ProtocolConverter.asUri(uri));
  }

  async function showOf(logs: readonly Uri[]): Promise<void> {
    if (logs.length === 0) return;
    const uris = toServer(logs);
    const key = uris.join(" ");
    const view = views.get(key) ?? open(key, uris);
    view.reveal();
    await fill(view, uris);
    view.setTitle(titleOf(uris));
  }

  function open(key: string, uris: readonly string[]): ViewPanel {
    const options = viewOptions(uris, () => views.delete(key));
    const view: ViewPanel = openView({ viewType: "postmaster.report", title: titleOf(uris), ...options });
    views.set(key, view);
    return view;
  }

  function viewOptions(uris: readonly string[], onClosed: () => void) {
    return {
      extensionUri: context.extensionUri,
      onAction(action: string, argument: string, view: ViewPanel) {
        if (action === "lines") void showLines(view, uris, argument);
        if (action === "open") void openPlace(argument);
      },
      onClosed,
    };
  }

  async function fill(view: ViewPanel, uris: readonly string[]): Promise<void> {
    await server.start();
    const report = await waiting("Reading the logs", view, (id, token) =>
      server.request("postmaster/report", { id, uris }, token),
    );
    if (report === null) return;
    view.show(report.html);
  }

  async function showLines(view: ViewPanel, uris: readonly string[], query: string): Promise<void> {
    const result = await waiting("Looking for the lines", view, (id, token) =>
      server.request("postmaster/reportLines", { id, uris, query }, token),
    );
    if (result !== null) await found.show(result, query);
  }

  /** Tells the progress in the view and as a notification with a button to cancel. @returns null if it was cancelled, or failed, which is told */
  function waiting<T>(
    words: string,
    view: ViewPanel,
    work: (id: string, token: CancellationToken) => Promise<T | null>,
  ): Thenable<T | null> {
    const id = randomUUID();
    return window.withProgress(
      { location: ProgressLocation.Notification, title: `Postmaster: ${words}`, cancellable: true },
      async (progress, token) => {
        let told = 0;
        view.progress({ words, part: null });
        const listening = server.onReportProgress(id, (part) => {
          progress.report({ increment: (part - told) * 100 });
          told = part;
          view.progress({ words, part });
        });
        try {
          const result = await work(id, token);
          if (result === null)
            void window.showWarningMessage("Postmaster could not read these logs. The server log says why.");
          return result;
        } catch (error) {
          if (!token.isCancellationRequested) throw error;
          return null;
        } finally {
          listening.dispose();
          view.progress(null);
        }
      },
    );
  }
}

/** For the tab, where there is little room: the page itself has the whole names. */
function titleOf(uris: readonly string[]): string {
  const [first = ""] = uris;
  const name = plainText(decodeURIComponent(first.slice(first.lastIndexOf("/") + 1)));
  return uris.length > 1 ? `Report of ${name} and ${uris.length - 1} more` : `Report of ${name}`;
}

async function wanted(chosen: Uri | undefined, selected: readonly Uri[] | undefined): Promise<readonly Uri[]> {
  if (selected !== undefined && selected.length > 0) return selected;
  if (chosen !== undefined) return [chosen];
  const document = window.activeTextEditor?.document;
  if (document?.languageId === LOG_LANGUAGE && document.uri.scheme !== "postmaster-lines") return [document.uri];
  const picked = await window.showOpenDialog({
    title: "Logs to report on",
    openLabel: "Report",
    canSelectMany: true,
    canSelectFiles: true,
    canSelectFolders: false,
  });
  return picked ?? [];
}
