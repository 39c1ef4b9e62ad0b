import { codeLenses } from "@postmaster/core/features/config/code-lens.ts";
import type { ConfigContext } from "@postmaster/core/features/config/context.ts";
import { inlayHints } from "@postmaster/core/features/config/inlay-hints.ts";
import { usesOfPath } from "@postmaster/core/features/config/table-uses.ts";
import { secretsHidden } from "@postmaster/core/features/config/without-secrets.ts";
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
  const shown = secretsHidden(context);
  return inlayHints(context, span, settings.hints).map(({ at, text }) => ({
    position: lines.rangeOf({ start: at, end: at }).start,
    label: shown(text),
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
  const shown = secretsHidden(context);
  const { clientCommands } = session.client.options;
  const said = codeLenses(context).flatMap(({ title, span, asks }) => {
    // A title without a command: it says something and does nothing.
    if (asks === undefined) return [{ range: lines.rangeOf(span), command: { title: shown(title), command: "" } }];
    return clientCommands
      ? [{ range: lines.rangeOf(span), command: { title: shown(title), command: "postmaster.admit" } }]
      : [];
  });
  const table = clientCommands && session.isTrusted() ? tableToAsk(context) : null;
  if (said.length === 0 || table === null) return said;
  const ask = { title: "Look up a key…", command: "postmaster.lookUpInTable", arguments: [table] };
  return [...said, { range: lines.rangeOf({ start: 0, end: 0 }), command: ask }];
}

/** The open table as postmap(1) takes it; null if the configuration does not use it. */
function tableToAsk({ document, server }: ConfigContext): string | null {
  const [use] = usesOfPath(server, document.file.path);
  return use?.path === undefined || use.path === null ? null : `${use.mention.type}:${use.path}`;
}
