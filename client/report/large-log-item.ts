import { type Disposable, LanguageStatusSeverity, languages, type TextEditor, window } from "vscode";
import { LOG_LANGUAGE } from "../language/language-ids.ts";
import { isTooLong } from "./large-log.ts";

/** Says in the language status what VS Code has switched off for a long log, and what still works. */
export function createLargeLogItem(): Disposable[] {
  let item: Disposable | null = null;
  const look = (editor: TextEditor | undefined): void => {
    item?.dispose();
    item = null;
    const document = editor?.document;
    if (document?.languageId !== LOG_LANGUAGE || !isTooLong(document)) return;
    const shown = languages.createLanguageStatusItem("postmaster.large", { language: LOG_LANGUAGE });
    shown.name = "Postmaster: long log";
    shown.severity = LanguageStatusSeverity.Warning;
    shown.text = "Long log: colours, lenses and highlights are off";
    shown.detail =
      "VS Code turns them off beyond 20 MB or 300,000 lines. Problems, hovers, definition and references work.";
    shown.command = { title: "Show Log Report", command: "postmaster.showReport" };
    item = shown;
  };
  look(window.activeTextEditor);
  return [window.onDidChangeActiveTextEditor(look), { dispose: () => void item?.dispose() }];
}
