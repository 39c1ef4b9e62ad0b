import { type CompletionItem, CompletionItemKind } from "vscode";
import type { CompletionMiddleware } from "vscode-languageclient/node";

/** VS Code's own: asks for what comes next. */
const GO_ON = { title: "", command: "editor.action.triggerSuggest" };

/** `name = `, `hash:`, a folder's path. */
const ENDS_OPEN = /[ =:/]$/;

/**
 * After a text that something must follow, that is asked for at once. Said here and not by the server: with each of a thousand names it would be a third of
 * the answer. What follows a service (`smtp:`) is nothing that could be listed.
 */
export const goOnCompleting: Required<CompletionMiddleware>["provideCompletionItem"] = async (
  document,
  position,
  context,
  token,
  next,
) => {
  const answer = await next(document, position, context, token);
  for (const item of Array.isArray(answer) ? answer : (answer?.items ?? [])) {
    addCommonEnd(item);
    const isOpen = typeof item.insertText === "string" && ENDS_OPEN.test(item.insertText);
    if (isOpen && item.kind !== CompletionItemKind.Interface) item.command = GO_ON;
  }
  return answer;
};

/** What a thousand names have in common is said once (`CommonData`), and stands at each item as its data. */
function addCommonEnd(item: CompletionItem & { readonly data?: unknown }): void {
  const { data } = item;
  if (typeof data !== "object" || data === null || !("end" in data) || typeof data.end !== "string") return;
  if (typeof item.label === "string" && item.insertText === item.label) item.insertText += data.end;
}
