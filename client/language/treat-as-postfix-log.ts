import { languages, window } from "vscode";
import { LOG_LANGUAGE } from "./language-ids.ts";
import type { ManualChoices } from "./manual-choices.ts";

/** Makes the document in the active editor a Postfix log. */
export async function treatAsPostfixLog(choices: ManualChoices): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined) {
    void window.showInformationMessage("Open the log first.");
    return;
  }
  await choices.remove(document.uri.toString());
  await languages.setTextDocumentLanguage(document, LOG_LANGUAGE);
}
