import { type MarkupContent, MarkupKind } from "vscode-languageserver";
import type { ClientAbilities } from "./client-abilities.ts";

/** Safe Markdown as this editor shows it. */
export function markup(client: ClientAbilities, markdown: string): MarkupContent {
  return { kind: client.showsMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: markdown };
}
