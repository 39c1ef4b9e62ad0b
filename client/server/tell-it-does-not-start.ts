import { commands, window } from "vscode";

const LOG = "Show Server Log";
const RELOAD = "Reload Window";

/** The server cannot be started at all, not even by starting it again: the library remembers the failure until the window is loaded anew. */
export async function tellItDoesNotStart(): Promise<void> {
  const choice = await window.showErrorMessage("Postmaster's server does not start.", LOG, RELOAD);
  if (choice === LOG) await commands.executeCommand("postmaster.showServerLog");
  if (choice === RELOAD) await commands.executeCommand("workbench.action.reloadWindow");
}
