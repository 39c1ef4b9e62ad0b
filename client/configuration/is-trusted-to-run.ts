import { commands, window, workspace } from "vscode";

const MANAGE = "Manage Workspace Trust";

/** Whether Postfix's programs may be run here. If not, the user is told, with the way to change it. */
export async function isTrustedToRun(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const choice = await window.showWarningMessage("No program is run before you trust this workspace.", MANAGE);
  if (choice === MANAGE) await commands.executeCommand("workbench.trust.manage");
  return false;
}
