import { randomUUID } from "node:crypto";
import {
  type CancellationToken,
  type ExtensionContext,
  ProgressLocation,
  type Uri,
  type WebviewPanel,
  window,
} from "vscode";
import { openPlace } from "../editor/open-place.ts";
import { quiet } from "../editor/quiet.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";
import { openView, type ViewOptions, type ViewPanel, viewIn } from "../views/view-panel.ts";
import { activeLog } from "./active-log.ts";
import type { FoundLines } from "./found-lines.ts";
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

/** A view and the logs it reports on. */
interface OpenReport {
  /** Chosen here: the server tells under it what changes. */
  readonly id: string;
  /** A server has read the logs to their end and follows them. */
  isFollowed: boolean;
  readonly uris: readonly string[];
  readonly view: ViewPanel;
}

type MakeView = (options: Pick<ViewOptions, "extensionUri" | "onAction" | "onClosed">) => ViewPanel;

export function createReports(context: ExtensionContext, server: ServerClient, found: FoundLines): Reports {
  const reports = new Map<string, OpenReport>();
  // A new server knows nothing of what the one before it followed. A report that no server has finished is not asked for again: it may be what ended it.
  context.subscriptions.push(
    server.onStarted(() => {
      for (const report of reports.values()) if (report.isFollowed) void quiet(() => fill(report))();
    }),
  );

  return {
    show: async (chosen, selected) => showOf(await wanted(chosen, selected)),
    async showSet(chosen) {
      const [log] = await wanted(chosen, undefined);
      if (log !== undefined) await showOf(await rotatedLogs(log));
    },
    showIn: (panel, log) => fill(open(toServer([log]), (options) => viewIn(panel, options))),
  };

  function toServer(uris: readonly Uri[]): readonly string[] {
    return uris.map((uri) => server.language.code2ProtocolConverter.asUri(uri));
  }

  async function showOf(logs: readonly Uri[]): Promise<void> {
    if (logs.length === 0) return;
    const uris = toServer(logs);
    const viewType = "postmaster.report";
    const report =
      reports.get(uris.join(" ")) ?? open(uris, (options) => openView({ viewType, title: titleOf(uris), ...options }));
    report.view.reveal();
    await fill(report);
  }

  function open(uris: readonly string[], make: MakeView): OpenReport {
    const id = randomUUID();
    const changes = server.onReportChanged(id, (html) => report.view.show(html));
    const report: OpenReport = {
      id,
      isFollowed: false,
      uris,
      view: make({
        extensionUri: context.extensionUri,
        onAction(action, argument) {
          if (action === "lines") void showLines(report, argument);
          if (action === "open") void openPlace(argument);
        },
        onClosed() {
          changes.dispose();
          if (reports.get(uris.join(" ")) === report) reports.delete(uris.join(" "));
        },
      }),
    };
    reports.set(uris.join(" "), report);
    return report;
  }

  async function fill(shown: OpenReport): Promise<void> {
    const { id, uris, view } = shown;
    shown.isFollowed = false;
    await server.start();
    const report = await waiting("Reading the logs", id, view, (token) =>
      server.request("postmaster/report", { id, uris }, token),
    );
    if (report === null) return;
    view.show(report.html);
    shown.isFollowed = true;
  }

  async function showLines({ uris, view }: OpenReport, query: string): Promise<void> {
    const id = randomUUID();
    const result = await waiting("Looking for the lines", id, view, (token) =>
      server.request("postmaster/reportLines", { id, uris, query }, token),
    );
    if (result !== null) await found.show(result, query);
  }

  /** Tells the progress in the view and as a notification with a button to cancel. @returns null if it was cancelled, or failed, which is told */
  function waiting<T>(
    words: string,
    id: string,
    view: ViewPanel,
    work: (token: CancellationToken) => Promise<T | null>,
  ): Thenable<T | null> {
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
          const result = await work(token);
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
  const active = await activeLog();
  if (active !== null) return [active];
  const picked = await window.showOpenDialog({
    title: "Logs to report on",
    openLabel: "Report",
    canSelectMany: true,
    canSelectFiles: true,
    canSelectFolders: false,
  });
  return picked ?? [];
}
