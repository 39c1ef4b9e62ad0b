import { languages, MarkdownString } from "vscode";
import type { HoverMiddleware } from "vscode-languageclient/node";
import { withoutMessage } from "../text/without-message.ts";

/** A hover as VS Code shows it: below the problems of its place, whose words it need not repeat. */
export const hoverBelowProblems: Required<HoverMiddleware>["provideHover"] = async (
  document,
  position,
  token,
  next,
) => {
  const hover = await next(document, position, token);
  const messages = languages
    .getDiagnostics(document.uri)
    .filter(({ range, source }) => source === "postmaster" && range.contains(position))
    .map(({ message }) => message);
  for (const content of hover?.contents ?? []) {
    if (content instanceof MarkdownString) content.value = withoutMessage(content.value, messages);
  }
  return hover;
};
