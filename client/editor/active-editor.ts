import { type TextEditor, window } from "vscode";
import { LOG_LANGUAGE } from "../language/language-ids.ts";
import { plainText } from "../text/plain-text.ts";
import { fileName } from "./file-name.ts";
import { inFront } from "./in-front.ts";

/**
 * The text editor that a command is about.
 * @param wanted what to open, and what for: a sentence that the user is told if there is no such editor
 * @returns null if the user was told
 */
export async function activeEditor(wanted: string): Promise<TextEditor | null> {
  const front = await inFront();
  if (front.kind === "editor") return front.editor;
  const why =
    front.kind === "file"
      ? `${fileName(front.uri)} is not shown as text, or is larger than VS Code lets extensions read. `
      : "";
  void window.showWarningMessage(plainText(`${why}${wanted}`));
  return null;
}

/** The same, of a mail log and nothing else. */
export async function activeLogEditor(wanted: string): Promise<TextEditor | null> {
  const editor = await activeEditor(wanted);
  if (editor === null || editor.document.languageId === LOG_LANGUAGE) return editor;
  void window.showWarningMessage(plainText(wanted));
  return null;
}
