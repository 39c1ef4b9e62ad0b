import type { EntrySeverity } from "@postmaster/core/catalogue/entry.ts";
import { DiagnosticSeverity } from "vscode-languageserver";

/** The catalogue's severities in LSP's numbers. */
export const SEVERITY: Readonly<Record<EntrySeverity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
