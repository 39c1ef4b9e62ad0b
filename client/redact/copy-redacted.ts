import { env, ProgressLocation, window } from "vscode";
import { LOG_LANGUAGE } from "../language/language-ids.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";

/** Puts the selected lines of the log in front, or all of it where nothing is selected, on the clipboard without what is private in them. */
export async function copyRedacted(server: ServerClient): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== LOG_LANGUAGE) {
    void window.showWarningMessage("Open a mail log, and select the lines to copy.");
    return;
  }
  await server.start();
  const converter = server.language.code2ProtocolConverter;
  const wanted = {
    uri: converter.asUri(editor.document.uri),
    ranges: editor.selections.map((selection) => converter.asRange(selection)),
  };
  const progress = { location: ProgressLocation.Notification, title: "Redacting", cancellable: true };
  const result = await window.withProgress(progress, (_, token) =>
    server.request("postmaster/redact", wanted, token).catch((error: unknown) => {
      if (token.isCancellationRequested) return null;
      throw error;
    }),
  );
  if (result === null) return;
  if (result.text === null) {
    void window.showWarningMessage(plainText(result.problem ?? ""));
    return;
  }
  await env.clipboard.writeText(result.text);
  void window.showInformationMessage(plainText(result.summary));
}
