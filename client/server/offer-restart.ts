import { commands, window } from "vscode";
import { plainText } from "../text/plain-text.ts";

const RESTART = "Restart Server";
const LOG = "Show Server Log";

/** Says what is wrong with the server, and offers to start it again. */
export async function offerRestart(problem: string): Promise<void> {
  const choice = await window.showErrorMessage(plainText(problem), RESTART, LOG);
  if (choice === RESTART) await commands.executeCommand("postmaster.restartServer");
  if (choice === LOG) await commands.executeCommand("postmaster.showServerLog");
}
