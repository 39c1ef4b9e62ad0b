import { randomBytes } from "node:crypto";
import { type Disposable, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { readFromPage, type ToPage } from "./messages.ts";
import { viewShell } from "./view-shell.ts";

/** A view that shows HTML made by the server. */
export interface ViewPanel extends Disposable {
  /** Shows safe HTML in place of what was shown. */
  show(html: string): void;
  /** Says that something takes a while; null: done. */
  progress(progress: { readonly words: string; readonly part: number | null } | null): void;
  reveal(): void;
  setTitle(title: string): void;
  readonly isVisible: boolean;
}

export interface ViewOptions {
  /** Such as `postmaster.report`. */
  readonly viewType: string;
  readonly title: string;
  /** Where the extension is installed. */
  readonly extensionUri: Uri;
  readonly column?: ViewColumn;
  /** Somebody chose an element with `data-action`. What comes may come from a log: check it. */
  readonly onAction: (action: string, argument: string, view: ViewPanel) => void;
  /** The view was closed. */
  readonly onClosed: () => void;
}

/** Opens a view in a tab of its own. What it shows survives being hidden. */
export function openView(options: ViewOptions): ViewPanel {
  const { viewType, title, column } = options;
  return viewIn(
    window.createWebviewPanel(viewType, title, column ?? ViewColumn.Active, { enableFindWidget: true }),
    options,
  );
}

/** The same in a panel that VS Code has opened. */
export function viewIn(
  panel: WebviewPanel,
  { extensionUri, onAction, onClosed }: Pick<ViewOptions, "extensionUri" | "onAction" | "onClosed">,
): ViewPanel {
  const dist = Uri.joinPath(extensionUri, "dist");
  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
  let content: ToPage | null = null;
  let working: ToPage | null = null;
  let isClosed = false;
  const post = (message: ToPage): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's channel to its own page, not a window's
    if (!isClosed) void panel.webview.postMessage(message);
  };
  panel.webview.onDidReceiveMessage((received: unknown) => {
    const message = readFromPage(received);
    if (message?.type === "action") onAction(message.action, message.argument, view);
    if (message?.type !== "ready") return;
    if (content !== null) post(content);
    if (working !== null) post(working);
  });
  panel.onDidDispose(() => {
    isClosed = true;
    onClosed();
  });
  const view: ViewPanel = {
    show(html) {
      content = { type: "content", html };
      post(content);
    },
    progress(progress) {
      const message: ToPage = { type: "progress", progress };
      working = progress === null ? null : message;
      post(message);
    },
    reveal: () => panel.reveal(),
    setTitle(text) {
      panel.title = text;
    },
    get isVisible() {
      return panel.visible;
    },
    dispose() {
      panel.dispose();
    },
  };
  panel.webview.html = shellFor(panel, dist);
  return view;
}

function shellFor({ webview }: WebviewPanel, dist: Uri): string {
  const address = (name: string): string => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  return viewShell({
    nonce: randomBytes(16).toString("hex"),
    script: address("view.js"),
    style: address("view.css"),
  });
}
