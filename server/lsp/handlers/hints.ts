import { codeLenses } from "@postmaster/core/features/config/code-lens.ts";
import { inlayHints } from "@postmaster/core/features/config/inlay-hints.ts";
import type { CancellationToken, CodeLens, CodeLensParams, InlayHint, InlayHintParams } from "vscode-languageserver";
import type { Session } from "../session.ts";

/** What the text does not say itself, behind its lines. */
export async function onInlayHints(
  session: Session,
  { textDocument, range }: InlayHintParams,
  token: CancellationToken,
): Promise<InlayHint[]> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  const { context, lines, settings } = snapshot;
  const span = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  return inlayHints(context, span, settings.hints).map(({ at, text }) => ({
    position: lines.rangeOf({ start: at, end: at }).start,
    label: text,
    paddingLeft: true,
  }));
}

/** Above a table: what uses it and how large it is. */
export async function onCodeLens(
  session: Session,
  { textDocument }: CodeLensParams,
  token: CancellationToken,
): Promise<CodeLens[]> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot?.settings.codeLens !== true) return [];
  const { context, lines } = snapshot;
  // A title without a command: it says something and does nothing.
  return codeLenses(context).map(({ title, span }) => ({
    range: lines.rangeOf(span),
    command: { title, command: "" },
  }));
}
