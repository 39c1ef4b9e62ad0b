import { type PlacedComplaint, placeComplaints } from "@postmaster/core/features/validation/place-complaint.ts";
import { STANDARD_DIRECTORIES } from "@postmaster/core/model/configuration-paths.ts";
import { checkConfiguration } from "@postmaster/core/rules/check-configuration.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import { type CancellationToken, type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { validateConfiguration } from "../../host/postfix/validate-configuration.ts";
import { abortWith } from "../abort-with.ts";
import { stopIfCancelled } from "../failure.ts";
import { mapLines } from "../positions.ts";
import type { ValidateResult } from "../protocol.ts";
import type { Session } from "../session.ts";
import { wholeConfiguration } from "../whole-configuration.ts";

/** Lets the machine's own Postfix look at the configuration a document belongs to, as it is on disk. */
export async function onValidate(
  session: Session,
  { uri }: { readonly uri: string },
  token: CancellationToken,
): Promise<ValidateResult> {
  if (!session.isTrusted()) return refused("Nothing is run before you trust this workspace.");
  const { server, settings, postfixVersion } = await wholeConfiguration(session, uri, token);
  if (server === null) return refused("There is no main.cf that this document belongs to.");

  const { complaints, report, failure } = await validateConfiguration(
    {
      directory: server.directory,
      isRunning: STANDARD_DIRECTORIES.includes(server.directory),
      commandDirectory: settings.postfixCommandDirectory,
    },
    abortWith(token),
  );
  stopIfCancelled(token);
  if (failure !== null) return refused(failure);
  const { tableTypes, ruleSeverity: severity } = settings;
  const placed = placeComplaints(
    complaints,
    server,
    checkConfiguration(server, { postfixVersion, tableTypes, severity }),
  );
  session.validation.set(diagnosticsByFile(placed));
  session.refreshDiagnostics();
  const alone = placed.filter(({ ruleId }) => ruleId === null).length;
  return {
    problem: null,
    summary: summaryOf(placed.length, alone),
    report: report.split("\n").map(visibleText).join("\n"),
    complaints: placed.length,
  };
}

function refused(problem: string): ValidateResult {
  return { problem, summary: "", report: "", complaints: 0 };
}

function summaryOf(all: number, alone: number): string {
  if (all === 0) return "Postfix has no complaint about this configuration.";
  const complaints = all === 1 ? "1 complaint" : `${all} complaints`;
  if (alone === 0) return `Postfix has ${complaints}, underlined already.`;
  return `Postfix has ${complaints}. ${freshness(all, alone)}`;
}

function freshness(all: number, alone: number): string {
  if (all === 1) return "It was not known before.";
  if (alone === all) return "None of them was known before.";
  return `${alone} of them ${alone === 1 ? "was" : "were"} not known before.`;
}

/** What our own rules show already is not shown twice. */
function diagnosticsByFile(placed: readonly PlacedComplaint[]) {
  const found = new Map<string, { version: number | null; diagnostics: Diagnostic[] }>();
  for (const { complaint, file, span, ruleId } of placed) {
    if (ruleId !== null) continue;
    const known = found.get(file.uri) ?? { version: file.version, diagnostics: [] };
    found.set(file.uri, known);
    known.diagnostics.push({
      range: mapLines(file.text).rangeOf(span),
      severity: complaint.level === "warning" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
      source: complaint.program.slice(complaint.program.lastIndexOf("/") + 1),
      message: visibleText(complaint.text),
    });
  }
  return found;
}
