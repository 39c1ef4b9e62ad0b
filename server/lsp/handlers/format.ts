import { format, formatRange } from "@postmaster/core/features/config/format.ts";
import type {
  CancellationToken,
  DocumentFormattingParams,
  DocumentRangeFormattingParams,
  TextEdit,
} from "vscode-languageserver";
import { toTextEdits } from "../positions.ts";
import type { Session } from "../session.ts";

/** Tidies a whole file. The editor's own tab settings do not matter: Postfix's files are written with blanks. */
export async function onFormat(
  session: Session,
  { textDocument }: DocumentFormattingParams,
  token: CancellationToken,
): Promise<TextEdit[]> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  const { document } = snapshot.context;
  return toTextEdits(document.file, format(document, snapshot.settings.formatStyle));
}

export async function onFormatRange(
  session: Session,
  { textDocument, range }: DocumentRangeFormattingParams,
  token: CancellationToken,
): Promise<TextEdit[]> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  const { context, lines, settings } = snapshot;
  const span = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  return toTextEdits(context.document.file, formatRange(context.document, settings.formatStyle, span));
}
