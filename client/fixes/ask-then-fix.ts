import type { AskThenFixArguments, FixResult } from "@postmaster/server/lsp/protocol.ts";
import { window, workspace } from "vscode";
import type { ServerClient } from "../server/server-client.ts";
import { answerProblem } from "../text/answer-problem.ts";
import { plainText } from "../text/plain-text.ts";
import { tellNothingChanged } from "./apply-ticked.ts";

/** Asks for what the log does not say, then applies the fix that follows from the answer, through the preview where the server says so. */
export async function askThenFix(
  { fixId, uri, line, question }: AskThenFixArguments,
  server: ServerClient,
  done: (after: NonNullable<FixResult["after"]>) => Promise<void>,
): Promise<void> {
  const answer = await window.showInputBox({
    prompt: plainText(question.prompt),
    placeHolder: plainText(question.placeholder),
    ignoreFocusOut: true,
    validateInput: (text) => answerProblem(question.expects, text),
  });
  if (answer === undefined) return;
  const result = await server.request("postmaster/fix", {
    fixId,
    uri,
    line,
    answers: { [question.id]: answer.trim() },
  });
  if (result.edit === null) {
    void window.showWarningMessage(plainText(result.problem ?? "There is nothing to change."));
    return;
  }
  const edit = await server.language.protocol2CodeConverter.asWorkspaceEdit(result.edit);
  const applied = await workspace.applyEdit(edit, { isRefactoring: true });
  if (!applied) tellNothingChanged();
  else if (result.after !== null) await done(result.after);
}
