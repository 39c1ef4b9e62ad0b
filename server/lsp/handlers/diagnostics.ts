import { type LogProblem, logDiagnostics } from "@postmaster/core/features/log-diagnostics.ts";
import {
  type CancellationToken,
  type Diagnostic,
  DiagnosticTag,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from "vscode-languageserver";
import type { OpenDocument } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import { knowServices } from "../log-services.ts";
import { rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";
import { SEVERITY } from "../severity.ts";
import { configurationDiagnostics } from "./configuration-diagnostics.ts";

/** Answers an editor that asks for diagnostics when it wants them. */
export async function onDiagnostics(
  session: Session,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const document = session.documents.get(textDocument.uri);
  if (document === null) return { kind: "full", items: [] };
  // A log's problems are in the log alone; a configuration's also in its other files.
  const resultId = document.kind === "log" ? `${document.version}.${session.settings.epoch}` : undefined;
  if (resultId !== undefined && resultId === previousResultId) return { kind: "unchanged", resultId };
  const items = await diagnosticsOf(session, document, token);
  return resultId === undefined ? { kind: "full", items } : { kind: "full", items, resultId };
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
  // Lines that a report has found: their problems are listed where they stand.
  if (document.uri.startsWith("postmaster-lines:")) return [];
  if (document.kind === "text") return configurationDiagnostics(session, document, token);
  const settings = await session.settings.of(document.uri);
  await knowServices(session, document);
  stopIfCancelled(token);
  const { log, uri } = document;
  const related = session.client.showsRelatedInformation ? uri : null;
  return logDiagnostics(log, settings, (line) => log.causes.of(line)).map((problem) => toDiagnostic(problem, related));
}

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
