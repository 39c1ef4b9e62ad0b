import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import { COMMANDS, FIX_ALL, LEGEND } from "./advertised.ts";
import type { ClientAbilities } from "./client-abilities.ts";

/** What we do for this editor. */
export function serverCapabilities(client: ClientAbilities): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ["$", "{", ":", "/", "=", ","], resolveProvider: true },
    signatureHelpProvider: { triggerCharacters: [" "], retriggerCharacters: [",", ":"] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: client.resolvesEdits },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    // The hops of a mail: in configuration files there is nothing to show.
    callHierarchyProvider: { documentSelector: [{ language: "postfix-log" }] },
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    documentLinkProvider: { resolveProvider: false },
    selectionRangeProvider: true,
    inlayHintProvider: true,
    codeLensProvider: { resolveProvider: false },
    // Where the editor can be told for which documents, it is: see for-configuration.ts.
    ...(client.registers.rename ? {} : { renameProvider: renameOptions(client) ?? true }),
    ...(client.registers.format ? {} : { documentFormattingProvider: true }),
    ...(client.registers.formatRange ? {} : { documentRangeFormattingProvider: true }),
    semanticTokensProvider: { legend: LEGEND, full: true, range: true },
    ...(client.pullsDiagnostics
      ? { diagnosticProvider: { identifier: "postmaster", interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
    // An editor that runs the commands itself would find them taken if we offered them too.
    ...(client.options.clientCommands ? {} : { executeCommandProvider: { commands: [...COMMANDS] } }),
    ...(client.tellsFolders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
  };
}

export function renameOptions(client: ClientAbilities): { readonly prepareProvider: true } | null {
  return client.preparesRenames ? { prepareProvider: true } : null;
}
