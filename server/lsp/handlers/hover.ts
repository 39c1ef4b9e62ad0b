import { mainCfHover, masterCfHover } from "@postmaster/core/features/config-hover.ts";
import { logHover } from "@postmaster/core/features/log-hover.ts";
import { type Hover, type HoverParams, type MarkupContent, MarkupKind } from "vscode-languageserver";
import { mapLines, rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";

export function onHover(session: Session, { textDocument, position }: HoverParams): Hover | null {
  const document = session.documents.get(textDocument.uri);
  if (document === null) return null;
  const contents = (markdown: string): MarkupContent => ({
    kind: session.client.showsMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
    value: markdown,
  });
  if (document.kind === "log") {
    const text = document.log.lineText(position.line);
    const hover = logHover(text, document.log.line(position.line), Math.min(position.character, text.length));
    return hover === null
      ? null
      : { contents: contents(hover.markdown), range: rangeInLine(position.line, hover.span) };
  }
  const hoverIn = CONFIGURATION[document.languageId];
  if (hoverIn === undefined) return null;
  const text = document.text.getText();
  const lines = mapLines(text);
  const hover = hoverIn(text, lines.offsetAt(position));
  return hover === null ? null : { contents: contents(hover.markdown), range: lines.rangeOf(hover.span) };
}

const CONFIGURATION: Readonly<Partial<Record<string, typeof mainCfHover>>> = {
  "postfix-main-cf": mainCfHover,
  "postfix-master-cf": masterCfHover,
};
