import type { LogProblem, ProblemListing } from "@postmaster/core/features/log-diagnostics.ts";
import type { OpenLog } from "@postmaster/core/features/open-log.ts";
import {
  type CancellationToken,
  type Diagnostic,
  DiagnosticTag,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from "vscode-languageserver";
import type { OpenDocument } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import { inTurns } from "../in-turns.ts";
import { knowServices } from "../log-services.ts";
import { logWithProblems } from "../open-logs.ts";
import { rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";
import { SEVERITY } from "../severity.ts";
import { answerId } from "./answer-id.ts";
import { configurationDiagnostics } from "./configuration-diagnostics.ts";

/** Answers an editor that asks for diagnostics when it wants them. */
export async function onDiagnostics(
  session: Session,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const document = session.documents.get(textDocument.uri);
  if (document === null) return { kind: "full", items: [] };
  if (document.kind === "text")
    return { kind: "full", items: await configurationDiagnostics(session, document, token) };
  const found = await listingOf(session, textDocument.uri, token);
  if (found === null) return { kind: "full", items: [] };
  const resultId = answerId(session, found.log, found.listing, previousResultId ?? null);
  if (resultId === previousResultId) return { kind: "unchanged", resultId };
  return { kind: "full", items: diagnosticsIn(session, textDocument.uri, found.listing), resultId };
}

/** Sends diagnostics to an editor that cannot ask for them. A change that came in the meantime brings its own. */
export async function pushDiagnostics(
  session: Session,
  uri: string,
  version: number,
  token: CancellationToken,
): Promise<void> {
  const document = session.documents.get(uri);
  if (document === null || document.version !== version) return;
  const diagnostics = await diagnosticsOf(session, document, token);
  if (session.documents.get(uri)?.version !== version) return;
  await session.connection.sendDiagnostics({ uri, version, diagnostics });
}

async function diagnosticsOf(
  session: Session,
  document: OpenDocument,
  token: CancellationToken,
): Promise<Diagnostic[]> {
  if (document.kind === "text") return configurationDiagnostics(session, document, token);
  const found = await listingOf(session, document.uri, token);
  return found === null ? [] : diagnosticsIn(session, document.uri, found.listing);
}

/** The problems of a log as it is once it was read; null where none are listed. */
async function listingOf(
  session: Session,
  uri: string,
  token: CancellationToken,
): Promise<{ readonly log: OpenLog; readonly listing: ProblemListing } | null> {
  // Lines that a report has found: their problems are listed where they stand.
  if (uri.startsWith("postmaster-lines:")) return null;
  const settings = await session.settings.of(uri);
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- what is listed is one text's: if another came meanwhile, that
    const document = await logWithProblems(session, uri, token);
    if (document === null) return null;
    // oxlint-disable-next-line no-await-in-loop -- the same
    await knowServices(session, document);
    const isSame = (): boolean => session.documents.get(uri) === document && !token.isCancellationRequested;
    // oxlint-disable-next-line no-await-in-loop -- the same
    await inTurns(document.log.list.preparing(settings), isSame);
    stopIfCancelled(token);
    if (isSame()) return { log: document.log, listing: document.log.list.of(settings) };
  }
}

function diagnosticsIn(session: Session, uri: string, { problems }: ProblemListing): Diagnostic[] {
  const related = session.client.showsRelatedInformation ? uri : null;
  return problems.map((problem) => {
    const known = made.get(problem) ?? toDiagnostic(problem, related);
    made.set(problem, known);
    return known;
  });
}

/** A log has one editor, so a problem of it is shown in one way. */
const made = new WeakMap<LogProblem, Diagnostic>();

/** @param uri of the log, where the editor shows what a problem is related to; else null */
function toDiagnostic(problem: LogProblem, uri: string | null): Diagnostic {
  const relatedInformation =
    uri === null
      ? []
      : problem.causes.map(({ line, span, message }) => ({
          location: { uri, range: rangeInLine(line, span) },
          message,
        }));
  return {
    range: rangeInLine(problem.line, problem.span),
    severity: SEVERITY[problem.severity],
    code: problem.code,
    source: "postmaster",
    message: problem.message,
    ...(problem.href === null ? {} : { codeDescription: { href: problem.href } }),
    ...(relatedInformation.length === 0 ? {} : { relatedInformation }),
    ...(problem.isBenign ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}
