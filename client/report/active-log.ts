import type { TextDocument, Uri } from "vscode";
import { fileName } from "../editor/file-name.ts";
import { inFront } from "../editor/in-front.ts";
import { LINES_SCHEME, LOG_LANGUAGE } from "../language/language-ids.ts";
import { isLogName } from "./log-stem.ts";

/** The log that the user has before them, as text or not; null if it is something else. */
export async function activeLog(): Promise<Uri | null> {
  const front = await inFront();
  if (front.kind === "editor") return isLog(front.editor.document) ? front.editor.document.uri : null;
  return front.kind === "file" && isLogName(fileName(front.uri)) ? front.uri : null;
}

function isLog({ languageId, uri }: TextDocument): boolean {
  return languageId === LOG_LANGUAGE && uri.scheme !== LINES_SCHEME;
}
