import type { TraceParameters } from "@postmaster/server/lsp/protocol.ts";
import { type ExtensionContext, ViewColumn, window } from "vscode";
import { activeLogEditor } from "../editor/active-editor.ts";
import { openPlace } from "../editor/open-place.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";
import { openView, type ViewPanel } from "../views/view-panel.ts";

/** Shows the story of one mail beside its log; the next mail is shown in the same view. */
export interface Traces {
  /** The command: of the mail at a place, else of the one at the cursor. */
  show(wanted?: TraceParameters): Promise<void>;
}

export function createTraces(context: ExtensionContext, server: ServerClient): Traces {
  let view: ViewPanel | null = null;

  return {
    async show(wanted) {
      const place = wanted ?? (await placeOfCursor(server));
      if (place === null) return;
      await server.start();
      const { title, html, problem } = await server.request("postmaster/trace", place);
      if (html === null) {
        void window.showWarningMessage(plainText(problem ?? ""));
        return;
      }
      view ??= open();
      view.setTitle(plainText(title));
      view.show(html);
      view.reveal();
    },
  };

  function open(): ViewPanel {
    return openView({
      viewType: "postmaster.trace",
      title: "Mail Trace",
      extensionUri: context.extensionUri,
      column: ViewColumn.Beside,
      onAction: (action, argument) => {
        if (action === "open") void openPlace(argument, ViewColumn.One);
      },
      onClosed: () => {
        view = null;
      },
    });
  }
}

/** Null if there is none, which the user was told. */
async function placeOfCursor(server: ServerClient): Promise<TraceParameters | null> {
  const editor = await activeLogEditor("Open a mail log and put the cursor on a line with a queue id.");
  if (editor === null) return null;
  const { line, character } = editor.selection.active;
  return { uri: server.language.code2ProtocolConverter.asUri(editor.document.uri), line, character };
}

/** The argument of the command, if a code action gave one. */
export function readTracePlace(given: unknown): TraceParameters | undefined {
  if (typeof given !== "object" || given === null || !("uri" in given) || !("line" in given) || !("character" in given))
    return undefined;
  const { uri, line, character } = given;
  return typeof uri === "string" && typeof line === "number" && typeof character === "number"
    ? { uri, line, character }
    : undefined;
}
