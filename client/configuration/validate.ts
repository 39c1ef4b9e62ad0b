import { ProgressLocation, window, workspace } from "vscode";
import { activeEditor } from "../editor/active-editor.ts";
import { isConfiguration } from "../language/language-ids.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";
import { isTrustedToRun } from "./is-trusted-to-run.ts";
import { results } from "./results.ts";

/** Has the machine's own Postfix look at the configuration of the active document. It sees what is on disk, so unsaved changes are saved first. */
export async function validateWithPostfix(server: ServerClient): Promise<void> {
  if (!(await isTrustedToRun())) return;
  const editor = await activeEditor("Open main.cf or another file of the configuration first.");
  if (editor === null) return;
  if (!(await savedAll())) return;
  await server.start();
  const uri = server.language.code2ProtocolConverter.asUri(editor.document.uri);
  const result = await window.withProgress(
    { location: ProgressLocation.Window, title: "Postfix is asked about this configuration" },
    () => server.request("postmaster/validate", { uri }),
  );
  if (result.problem !== null) {
    void window.showWarningMessage(plainText(result.problem));
    return;
  }
  const output = results();
  output.appendLine(result.report);
  output.appendLine("");
  const show = "Show Output";
  const say = result.complaints === 0 ? window.showInformationMessage : window.showWarningMessage;
  if ((await say(plainText(result.summary), show)) === show) output.show(true);
}

/** Asks to save what Postfix would not see. @returns false if the user would rather not */
async function savedAll(): Promise<boolean> {
  const unsaved = workspace.textDocuments.filter((document) => document.isDirty && isConfiguration(document));
  if (unsaved.length === 0) return true;
  const save = "Save and Validate";
  const names = unsaved.map(({ fileName }) => workspace.asRelativePath(fileName)).join(", ");
  const choice = await window.showWarningMessage(
    plainText(`Postfix reads what is on disk, and there are unsaved changes in ${names}.`),
    save,
  );
  if (choice !== save) return false;
  const saved = await Promise.all(unsaved.map((document) => document.save()));
  if (saved.every((done) => done)) return true;
  void window.showWarningMessage("Not everything could be saved, so Postfix was not asked.");
  return false;
}
