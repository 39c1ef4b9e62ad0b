import { TabInputText, type TextDocument, type Uri, window, workspace } from "vscode";
import { LOG_LANGUAGE } from "../language/language-ids.ts";
import { isLogName } from "./log-stem.ts";

/**
 * The log that the user has before them; null if it is something else. A command that starts the extension may run before VS Code has told
 * it of the active editor, and of a log that is too large it never does: the tab tells then.
 */
export async function activeLog(): Promise<Uri | null> {
  const document = window.activeTextEditor?.document;
  if (document !== undefined) return isLog(document) ? document.uri : null;
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof TabInputText)) return null;
  const opened = await workspace.openTextDocument(input.uri).then(
    (text) => text,
    () => null,
  );
  if (opened === null) return isLogName(input.uri.path.slice(input.uri.path.lastIndexOf("/") + 1)) ? input.uri : null;
  return isLog(opened) ? opened.uri : null;
}

function isLog({ languageId, uri }: TextDocument): boolean {
  return languageId === LOG_LANGUAGE && uri.scheme !== "postmaster-lines";
}
