import { type Position, Uri, window } from "vscode";
import { activeEditor } from "../editor/active-editor.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";
import { results } from "./results.ts";

const LABEL_WIDTH = 12;

/** Asks for an address, the one at the cursor first, and shows where the configuration of the active document would send a mail to it. */
export async function whereWouldThisGo(server: ServerClient): Promise<void> {
  const editor = await activeEditor("Open a mail log or a file of the configuration first.");
  if (editor === null) return;
  await server.start();
  const recipient = await window.showInputBox({
    title: "Where would this mail go?",
    prompt: "The recipient's address.",
    value: addressAtCursor(editor.document.lineAt(editor.selection.active.line).text, editor.selection.active),
  });
  if (recipient === undefined || recipient === "") return;
  const uri = server.language.code2ProtocolConverter.asUri(editor.document.uri);
  const { problem, lines } = await server.request("postmaster/route", { uri, recipient, sender: null });
  if (problem !== null) {
    void window.showWarningMessage(plainText(problem));
    return;
  }
  const output = results();
  output.appendLine(`Where a mail to ${recipient} would go:`);
  for (const { kind, label, text, parameter, place } of lines) {
    // The output panel makes links of `path:line`.
    const where = place === null ? parameter : `${parameter ?? ""} ${Uri.parse(place.uri).fsPath}:${place.line + 1}`;
    const step = kind === "recipient" ? `→ ${text}` : `  ${label.padEnd(LABEL_WIDTH)} ${text}`;
    output.appendLine(where === null ? step : `${step}  [${where}]`);
  }
  output.appendLine("");
  output.show(true);
}

function addressAtCursor(line: string, { character }: Position): string {
  for (const found of line.slice(0, 10_000).matchAll(/[\w.+%=~-]{1,64}@[\w.-]{1,255}/g)) {
    if (found.index <= character && character <= found.index + found[0].length) return found[0];
  }
  return "";
}
