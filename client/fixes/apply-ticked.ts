import type { AfterFixArguments } from "@postmaster/server/lsp/protocol.ts";
import { CodeAction, WorkspaceEdit, window, workspace } from "vscode";
import type { CodeActionMiddleware } from "vscode-languageclient/node";

/** Our own command, with an edit that waits for its owner's tick and what to tell afterwards. */
export const APPLY_TICKED = "postmaster.applyTicked";

/**
 * An edit that goes through the refactor preview becomes a command. VS Code says nothing of an apply that changed nothing because nothing was
 * ticked, and runs no command after it.
 */
export const applyByCommand: Required<CodeActionMiddleware>["resolveCodeAction"] = async (item, token, next) => {
  const action = await next(item, token);
  const after = action?.command?.arguments?.[0] as unknown;
  if (action?.edit === undefined || !isAfterFix(after) || !after.waitsForTick) return action;
  const asked = new CodeAction(action.title, action.kind);
  asked.command = { title: action.title, command: APPLY_TICKED, arguments: [action.edit, after] };
  return asked;
};

/** Shows the preview, and says so if nothing came of it. @param done what follows on an edit that was applied */
export async function applyTicked(
  edit: unknown,
  after: unknown,
  done: (after: AfterFixArguments) => Promise<void>,
): Promise<void> {
  if (!(edit instanceof WorkspaceEdit) || !isAfterFix(after)) return;
  if (await workspace.applyEdit(edit, { isRefactoring: true })) await done(after);
  else tellNothingChanged();
}

/** The preview was discarded, or applied without a tick: VS Code does not tell which. */
export function tellNothingChanged(): void {
  void window.showInformationMessage("Nothing was changed. To apply a fix, tick its edits in the preview first.");
}

function isAfterFix(value: unknown): value is AfterFixArguments {
  return typeof value === "object" && value !== null && "waitsForTick" in value;
}
