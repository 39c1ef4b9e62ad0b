import { logSymbols } from "@postmaster/core/features/log-symbols.ts";
import { truncate } from "@postmaster/core/text/truncate.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import { type DocumentSymbol, type DocumentSymbolParams, type Range, SymbolKind } from "vscode-languageserver";
import { rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";

/** A log's outline: its problems by kind. */
export function onDocumentSymbol(session: Session, { textDocument }: DocumentSymbolParams): DocumentSymbol[] {
  const document = session.documents.get(textDocument.uri);
  if (document?.kind !== "log") return [];
  const { log } = document;
  return logSymbols(log.problems()).map((group) => {
    const children = group.lines.map((line) => lineSymbol(line, log.lineText(line), log.line(line).message.value));
    const first = children[0]?.range ?? rangeInLine(0, { start: 0, end: 0 });
    return {
      name: group.title,
      detail: String(group.count),
      kind: SymbolKind.Event,
      range: enclosing(first, children.at(-1)?.range ?? first),
      selectionRange: first,
      children,
    };
  });
}

function lineSymbol(line: number, text: string, message: string): DocumentSymbol {
  const range = rangeInLine(line, { start: 0, end: text.length });
  const name = visibleText(truncate(message.trim(), 120));
  return {
    name: name === "" ? `line ${line + 1}` : name,
    detail: `line ${line + 1}`,
    kind: SymbolKind.Event,
    range,
    selectionRange: range,
  };
}

function enclosing(first: Range, last: Range): Range {
  return { start: first.start, end: last.end };
}
