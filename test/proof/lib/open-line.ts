import type { Diagnostic } from "vscode-languageserver/node";

/** The line in an editor, as its user sees it. */
export interface OpenLine {
  readonly uri: string;
  readonly line: number;
  readonly diagnostics: readonly Diagnostic[];
}
