import { causeMarkdown } from "@postmaster/core/features/cause/cause-words.ts";
import { configHover } from "@postmaster/core/features/config/hover.ts";
import { secretsHidden } from "@postmaster/core/features/config/without-secrets.ts";
import { logHover } from "@postmaster/core/features/log-hover.ts";
import { mailSummary } from "@postmaster/core/features/trace/mail-summary.ts";
import type { CancellationToken, Hover, HoverParams } from "vscode-languageserver";
import { lineAddress } from "../line-address.ts";
import { knowServices } from "../log-services.ts";
import { markup } from "../markup.ts";
import { rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";
import { routeHover } from "./route.ts";

export async function onHover(
  session: Session,
  { textDocument, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const document = session.documents.get(textDocument.uri);
  if (document?.kind === "log") {
    const text = document.log.lineText(position.line);
    const character = Math.min(position.character, text.length);
    const mail = mailSummary(document.log, position.line, character);
    const isOffered = mail !== null && session.client.options.clientCommands;
    const about = isOffered ? `${mail} · light bulb: *Trace this mail*` : mail;
    await knowServices(session, document);
    const because = causeMarkdown(document.log.causes.of(position.line), (line) => lineAddress(document.uri, line));
    const hover = logHover(text, document.log.line(position.line), character, { about, because });
    if (hover === null) return null;
    return { contents: markup(session.client, hover.markdown), range: rangeInLine(position.line, hover.span) };
  }
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return null;
  const offset = snapshot.lines.offsetAt(position);
  const hover = configHover(snapshot.context, offset);
  if (hover === null) return routeHover(session, snapshot, offset);
  return {
    contents: markup(session.client, secretsHidden(snapshot.context)(hover.markdown)),
    range: snapshot.lines.rangeOf(hover.span),
  };
}
