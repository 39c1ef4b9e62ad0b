import { languages } from "vscode";
import { activeEditor } from "../editor/active-editor.ts";
import { LOG_LANGUAGE } from "./language-ids.ts";
import type { ManualChoices } from "./manual-choices.ts";

/** Makes the document in the active editor a Postfix log. */
export async function treatAsPostfixLog(choices: ManualChoices): Promise<void> {
  const editor = await activeEditor("Open the log first.");
  if (editor === null) return;
  const { document } = editor;
  await choices.remove(document.uri.toString());
  await languages.setTextDocumentLanguage(document, LOG_LANGUAGE);
}
