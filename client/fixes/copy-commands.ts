import type { CopyCommandsArguments } from "@postmaster/server/lsp/protocol.ts";
import { type CodeAction, type Command, commands, type TextEditor, window } from "vscode";
import { activeEditor } from "../editor/active-editor.ts";
import { isCancelled } from "../editor/is-cancelled.ts";
import type { ServerClient } from "../server/server-client.ts";
import { plainText } from "../text/plain-text.ts";
import { terminalLine } from "../text/terminal-line.ts";
import { copy, typeIntoTerminal } from "./show-commands.ts";

const COPY_COMMANDS = "postmaster.copyCommands";

/** Puts a whole fix, as shell commands, on the clipboard. */
export async function copyCommands({ title, commands: lines, onLogHost }: CopyCommandsArguments): Promise<void> {
  await copy(lines);
  const line = onLogHost ? terminalLine(lines) : null;
  const put = "Put into Terminal";
  const count = lines.length === 1 ? "1 command" : `${lines.length} commands`;
  const choice = await window.showInformationMessage(
    plainText(`Copied ${count}: ${title}`),
    ...(line === null ? [] : [put]),
  );
  if (choice === put && line !== null) typeIntoTerminal(line);
}

/** The same from the command palette: for the problem at the cursor. */
export async function copyFixCommands(server: ServerClient): Promise<void> {
  const editor = await activeEditor("Open a mail log or a file of the configuration and put the cursor on a problem.");
  if (editor === null) return;
  await server.start();
  const actions = await actionsAtCursor(editor);
  const offers = actions.flatMap((action) => copyOffer(action));
  const [first] = offers;
  if (first === undefined) {
    void window.showInformationMessage("There is no fix with commands for this line.");
    return;
  }
  const picked = offers.length === 1 ? first : await window.showQuickPick(offers, { placeHolder: "Which fix?" });
  if (picked !== undefined) await commands.executeCommand(COPY_COMMANDS, ...picked.arguments);
}

const MOST_TRIES = 5;

/** VS Code takes the question back when another extension begins to offer actions meanwhile, as in a window that was just opened: it is asked again. */
async function actionsAtCursor({ document, selection }: TextEditor): Promise<readonly (CodeAction | Command)[]> {
  const { range } = document.lineAt(selection.active.line);
  for (let tried = 1; ; tried += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- each try follows from the one before
      return await commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range);
    } catch (error) {
      if (!isCancelled(error) || tried === MOST_TRIES) throw error;
    }
  }
}

function copyOffer(action: CodeAction | Command): { label: string; arguments: readonly unknown[] }[] {
  const command = typeof action.command === "string" ? null : action.command;
  if (command?.command !== COPY_COMMANDS) return [];
  const given: readonly unknown[] = command.arguments ?? [];
  return [{ label: plainText(action.title), arguments: given }];
}
