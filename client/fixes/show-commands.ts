import { env, window } from "vscode";
import { plainText } from "../text/plain-text.ts";
import { terminalLine } from "../text/terminal-line.ts";

const COPY = "Copy Commands";
const TYPE = "Put into Terminal";

/**
 * Shows a message with what may be done with the commands. They are copied or typed, never run: Enter is the user's.
 * @param first a choice of the caller's own, shown before the others
 * @returns whether the user took that choice
 */
export async function showWithCommands(
  message: string,
  commands: readonly string[],
  onLogHost: boolean,
  first: string | null = null,
): Promise<boolean> {
  const line = onLogHost ? terminalLine(commands) : null;
  const own = first === null ? [] : [first];
  const choices = [...own, ...(commands.length > 0 ? [COPY] : []), ...(line === null ? [] : [TYPE])];
  const choice = await window.showInformationMessage(plainText(message), ...choices);
  if (choice === COPY) await copy(commands);
  if (choice === TYPE && line !== null) typeIntoTerminal(line);
  return choice !== undefined && choice === first;
}

/** Without a line feed at the end, so that pasting does not run the last command. */
export async function copy(commands: readonly string[]): Promise<void> {
  await env.clipboard.writeText(commands.join("\n"));
}

export function typeIntoTerminal(line: string): void {
  const terminal = window.createTerminal({ name: "Postmaster" });
  terminal.show();
  terminal.sendText(line, false);
}
