import type { InitializeParams } from "vscode-languageserver";
import type { InitializationOptions } from "./protocol.ts";

/** What the editor can do, as it said at the start. Everything it did not say, it cannot. */
export interface ClientAbilities {
  readonly options: Required<InitializationOptions>;
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly showsMarkdown: boolean;
  readonly showsRelatedInformation: boolean;
  readonly hasDocumentChanges: boolean;
  /** It asks its user about edits that need confirmation. Without it a risky edit is never sent. */
  readonly hasChangeAnnotations: boolean;
  readonly resolvesEdits: boolean;
  readonly fillsSnippets: boolean;
  /** What a list of completions may say once for all its items. */
  readonly itemDefaults: ReadonlySet<string>;
  readonly preparesRenames: boolean;
  /** What it can be told of after the start, for some documents only. */
  readonly registers: { readonly rename: boolean; readonly format: boolean; readonly formatRange: boolean };
  readonly answersConfiguration: boolean;
  readonly watchesFiles: boolean;
  readonly tellsFolders: boolean;
}

export function readAbilities(params: InitializeParams): ClientAbilities {
  const { textDocument, workspace } = params.capabilities;
  const action = textDocument?.codeAction;
  const resolvable = action?.resolveSupport?.properties ?? [];
  return {
    options: readOptions(params.initializationOptions),
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    showsMarkdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    showsRelatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    hasDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    hasChangeAnnotations:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.changeAnnotationSupport !== undefined,
    resolvesEdits: action?.dataSupport === true && resolvable.includes("edit") && resolvable.includes("command"),
    fillsSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    itemDefaults: new Set(textDocument?.completion?.completionList?.itemDefaults),
    preparesRenames: textDocument?.rename?.prepareSupport === true,
    registers: {
      rename: textDocument?.rename?.dynamicRegistration === true,
      format: textDocument?.formatting?.dynamicRegistration === true,
      formatRange: textDocument?.rangeFormatting?.dynamicRegistration === true,
    },
    answersConfiguration: workspace?.configuration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    tellsFolders: workspace?.workspaceFolders === true,
  };
}

function readOptions(sent: unknown): Required<InitializationOptions> {
  const fields: Readonly<Record<string, unknown>> = typeof sent === "object" && sent !== null ? { ...sent } : {};
  return {
    trusted: fields["trusted"] !== false,
    clientCommands: fields["clientCommands"] === true,
    openDocuments: fields["openDocuments"] === true,
    addsCommonEnd: fields["addsCommonEnd"] === true,
  };
}
