import { pathToFileURL } from "node:url";
import { folds } from "@postmaster/core/features/config/folding.ts";
import { links } from "@postmaster/core/features/config/links.ts";
import { workspaceEntries } from "@postmaster/core/features/config/outline.ts";
import { selections } from "@postmaster/core/features/config/selection.ts";
import { secretsHidden } from "@postmaster/core/features/config/without-secrets.ts";
import {
  type CancellationToken,
  type DocumentLink,
  type DocumentLinkParams,
  type FoldingRange,
  FoldingRangeKind,
  type FoldingRangeParams,
  type SelectionRange,
  type SelectionRangeParams,
  type SymbolInformation,
  type WorkspaceSymbolParams,
} from "vscode-languageserver";
import { stopIfCancelled } from "../failure.ts";
import type { Session } from "../session.ts";
import { ENTRY_KIND } from "./document-symbol.ts";
import { locations } from "./navigation.ts";

export async function onFoldingRanges(
  session: Session,
  { textDocument }: FoldingRangeParams,
  token: CancellationToken,
): Promise<FoldingRange[]> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  return folds(snapshot.context.document).map(({ from, to, kind }) => ({
    startLine: from,
    endLine: to,
    ...(kind === "comment" ? { kind: FoldingRangeKind.Comment } : {}),
  }));
}

export async function onDocumentLinks(
  session: Session,
  { textDocument }: DocumentLinkParams,
  token: CancellationToken,
): Promise<DocumentLink[]> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  return links(snapshot.context).map(({ span, target }) => ({
    range: snapshot.lines.rangeOf(span),
    target: target.kind === "file" ? pathToFileURL(target.path).href : target.url,
  }));
}

export async function onSelectionRanges(
  session: Session,
  { textDocument, positions }: SelectionRangeParams,
  token: CancellationToken,
): Promise<SelectionRange[]> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  const { context, lines } = snapshot;
  return positions.map((position): SelectionRange => {
    const ranges = selections(context, lines.offsetAt(position)).map((span) => lines.rangeOf(span));
    const whole = ranges.reduceRight<SelectionRange | undefined>(
      (parent, range) => (parent === undefined ? { range } : { range, parent }),
      undefined,
    );
    return whole ?? { range: { start: position, end: position } };
  });
}

const MOST_SYMBOLS = 500;

/** The names of all configurations that an open document belongs to. */
export async function onWorkspaceSymbols(
  session: Session,
  { query }: WorkspaceSymbolParams,
  token: CancellationToken,
): Promise<SymbolInformation[]> {
  const found = new Map<string, SymbolInformation>();
  const seen = new Set<string>();
  for (const { uri, kind } of session.documents.all()) {
    if (kind !== "text" || found.size >= MOST_SYMBOLS) continue;
    const snapshot = await session.snapshots.of(uri, token);
    stopIfCancelled(token);
    if (snapshot === null || seen.has(snapshot.context.server.directory)) continue;
    if (snapshot.isWhole) seen.add(snapshot.context.server.directory);
    const entries = workspaceEntries(snapshot.context.server, query, MOST_SYMBOLS);
    const places = locations(entries.map(({ place }) => place));
    const shown = secretsHidden(snapshot.context);
    for (const [index, { name, kind: entryKind }] of entries.entries()) {
      const location = places[index];
      if (location === undefined) continue;
      const { start } = location.range;
      found.set(`${location.uri} ${start.line} ${start.character}`, {
        name: shown(name),
        kind: ENTRY_KIND[entryKind],
        location,
      });
    }
  }
  return [...found.values()].slice(0, MOST_SYMBOLS);
}
