import { type OutlineEntry, outline } from "@postmaster/core/features/config/outline.ts";
import { secretsHidden } from "@postmaster/core/features/config/without-secrets.ts";
import {
  type CancellationToken,
  type DocumentSymbol,
  type DocumentSymbolParams,
  SymbolKind,
} from "vscode-languageserver";
import type { LineMap } from "../positions.ts";
import type { Session } from "../session.ts";
import { logOutline } from "./log-outline.ts";

/** An outline: of a log its problems by kind and its mails by outcome, of a configuration file its entries. */
export async function onDocumentSymbol(
  session: Session,
  { textDocument }: DocumentSymbolParams,
  token: CancellationToken,
): Promise<DocumentSymbol[]> {
  const document = session.documents.get(textDocument.uri);
  if (document?.kind === "log") return logOutline(session, textDocument.uri, token);
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  const { context, lines } = snapshot;
  const shown = secretsHidden(context);
  return outline(context.document).map((entry) => toSymbol(entry, lines, shown));
}

export const ENTRY_KIND: Readonly<Record<OutlineEntry["kind"], SymbolKind>> = {
  parameter: SymbolKind.Property,
  service: SymbolKind.Interface,
  key: SymbolKind.Key,
};

function toSymbol(entry: OutlineEntry, lines: LineMap, shown: (text: string) => string): DocumentSymbol {
  return {
    name: shown(entry.name),
    detail: shown(entry.detail),
    kind: ENTRY_KIND[entry.kind],
    range: lines.rangeOf(entry.span),
    selectionRange: lines.rangeOf(entry.nameSpan),
    children: entry.children.map((child) => toSymbol(child, lines, shown)),
  };
}
