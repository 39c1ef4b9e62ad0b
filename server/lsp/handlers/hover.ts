import { configHover } from "@postmaster/core/features/config/hover.ts";
import { logHover } from "@postmaster/core/features/log-hover.ts";
import { mailSummary } from "@postmaster/core/features/trace/mail-summary.ts";
import type { CancellationToken, Hover, HoverParams } from "vscode-languageserver";
import { markup } from "../markup.ts";
import { rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";

export async function onHover(
  session: Session,
  { textDocument, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const document = session.documents.get(textDocument.uri);
  if (document?.kind === "log") {
    const text = document.log.lineText(position.line);
    const character = Math.min(position.character, text.length);
    const about = mailSummary(document.log, position.line, character);
    const hover = logHover(text, document.log.line(position.line), character, about);
    if (hover === null) return null;
    return { contents: markup(session.client, hover.markdown), range: rangeInLine(position.line, hover.span) };
  }
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return null;
  const hover = configHover(snapshot.context, snapshot.lines.offsetAt(position));
  if (hover === null) return null;
  return { contents: markup(session.client, hover.markdown), range: snapshot.lines.rangeOf(hover.span) };
}
