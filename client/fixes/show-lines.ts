import type { ShowLinesArguments } from "@postmaster/server/lsp/protocol.ts";
import { window, workspace } from "vscode";
import { commented } from "../text/commented.ts";

/** Opens an untitled document with the lines to add by hand, where there is no file that may be edited. */
export async function showLines({ fileName, text, reason }: ShowLinesArguments): Promise<void> {
  const head = commented(`Add these lines to ${fileName}\n${reason}`);
  const language = languageFor(fileName);
  const document = await workspace.openTextDocument({
    content: `${head}\n\n${text.trimEnd()}\n`,
    ...(language === null ? {} : { language }),
  });
  await window.showTextDocument(document, { preview: false });
}

/** By the end of the name, as the manifest does it. */
function languageFor(fileName: string): string | null {
  if (fileName.endsWith("main.cf")) return "postfix-main-cf";
  if (fileName.endsWith("master.cf")) return "postfix-master-cf";
  if (fileName.endsWith(".pcre") || fileName.endsWith(".regexp")) return "postfix-regexp-table";
  if (fileName.endsWith(".cidr")) return "postfix-cidr-table";
  if (fileName.endsWith(".py")) return "python";
  return null;
}
