import type { TextDocument } from "vscode";

/** Beyond either, VS Code switches off colours, lenses and highlights of a document. */
const MOST_CHARACTERS = 20 * 1024 * 1024;
const MOST_LINES = 300_000;
/** A larger file VS Code gives to no extension. Bytes. */
export const LARGEST_DOCUMENT = 50 * 1024 * 1024;

export function isTooLong(document: TextDocument): boolean {
  if (document.lineCount > MOST_LINES) return true;
  const last = document.lineAt(document.lineCount - 1).range.end;
  return document.offsetAt(last) > MOST_CHARACTERS;
}
