import { type CausePlace, causeMarkdown } from "@postmaster/core/features/cause/cause-words.ts";
import type { PlacedCause } from "@postmaster/core/features/cause/log-causes.ts";
import { configHover } from "@postmaster/core/features/config/hover.ts";
import { secretsHidden } from "@postmaster/core/features/config/without-secrets.ts";
import { logHover } from "@postmaster/core/features/log-hover.ts";
import type { OpenLog } from "@postmaster/core/features/open-log.ts";
import { mailSummary } from "@postmaster/core/features/trace/mail-summary.ts";
import type { CancellationToken, Hover, HoverParams, Position } from "vscode-languageserver";
import type { LogFile } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import { lineAddress } from "../line-address.ts";
import { knowServices } from "../log-services.ts";
import { markup } from "../markup.ts";
import { causesWith, lineInFile, type OlderLog, olderLogOf } from "../older-log.ts";
import { beginReading, waitAMomentForMails } from "../open-logs.ts";
import { rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";
import { routeHover } from "./route.ts";

export async function onHover(
  session: Session,
  { textDocument, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const document = session.documents.get(textDocument.uri);
  if (document?.kind === "log") return onLogHover(session, document, position, token);
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

/** Nobody waits for a whole log: of one that is still being read it says what is known by then. */
async function onLogHover(
  session: Session,
  asked: LogFile,
  { line, character }: Position,
  token: CancellationToken,
): Promise<Hover | null> {
  beginReading(session, asked);
  await knowServices(session, asked);
  const older = await olderLogOf(session, asked, line);
  const isOnId = asked.log.ids.isAt(line, Math.min(character, asked.log.lineText(line).length));
  if (isOnId) await waitAMomentForMails(session, asked.uri, token);
  stopIfCancelled(token);
  // From here on it is one text.
  const { uri } = asked;
  const document = session.documents.log(uri);
  if (document === null) return null;
  const { log } = document;
  const text = log.lineText(line);
  const column = Math.min(character, text.length);
  const about = log.ids.isAt(line, column) ? aboutMail(session, log, line, column) : null;
  const because = causeMarkdown(causesWith(log, line, older), (cause) => placeOf(cause, uri, older));
  const hover = logHover(text, log.line(line), column, { about, because });
  if (hover === null) return null;
  return { contents: markup(session.client, hover.markdown), range: rangeInLine(line, hover.span) };
}

/** A compressed file is not opened at a line. */
function placeOf(cause: PlacedCause, uri: string, older: OlderLog | null): CausePlace {
  const line = lineInFile(cause, older);
  if (!cause.isOlder || older === null) return { line, file: null, address: lineAddress(uri, cause.line) };
  const address = line === null || older.isCompressed ? null : lineAddress(older.uri, line);
  return { line, file: older.name, address };
}

function aboutMail({ client }: Session, log: OpenLog, line: number, character: number): string | null {
  if (!log.ids.isWhole) return "**This mail:** this log is still being read; ask again in a moment.";
  const mail = mailSummary(log, line, character);
  return mail !== null && client.options.clientCommands ? `${mail} · light bulb: *Trace this mail*` : mail;
}
