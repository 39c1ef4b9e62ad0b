import type { CancellationToken, Connection } from "vscode-languageserver";
import { onIncomingCalls, onOutgoingCalls, onPrepareCallHierarchy } from "./handlers/call-hierarchy.ts";
import { onCompletion, onCompletionResolve } from "./handlers/completion.ts";
import { onFormat, onFormatRange } from "./handlers/format.ts";
import { onCodeLens, onInlayHints } from "./handlers/hints.ts";
import { onDefinition, onDocumentHighlight, onReferences } from "./handlers/navigation.ts";
import { onPrepareRename, onRename } from "./handlers/rename.ts";
import { onSignatureHelp } from "./handlers/signature-help.ts";
import { onDocumentLinks, onFoldingRanges, onSelectionRanges, onWorkspaceSymbols } from "./handlers/structure.ts";
import type { Session } from "./session.ts";

/** Makes a handler that needs a session; what it answers before there is one, or after a mistake of ours, is the second argument. */
export type Serve = <Params, Result>(
  during: string,
  otherwise: Result,
  handler: (session: Session, params: Params, token: CancellationToken) => Promise<Result> | Result,
) => (params: Params, token: CancellationToken) => Promise<Result>;

/** The language features beyond hover, diagnostics and fixes. */
export function registerLanguageFeatures(connection: Connection, serve: Serve): void {
  connection.onCompletion(serve("completion", [], onCompletion));
  connection.onCompletionResolve((item, token) =>
    serve("resolving a completion", item, onCompletionResolve)(item, token),
  );
  connection.onSignatureHelp(serve("signature help", null, onSignatureHelp));
  connection.onDefinition(serve("the definition", [], onDefinition));
  connection.onReferences(serve("references", [], onReferences));
  connection.onDocumentHighlight(serve("highlights", [], onDocumentHighlight));
  connection.languages.callHierarchy.onPrepare(serve("the hops of a mail", null, onPrepareCallHierarchy));
  connection.languages.callHierarchy.onIncomingCalls(serve("the hops before a mail", [], onIncomingCalls));
  connection.languages.callHierarchy.onOutgoingCalls(serve("the hops after a mail", [], onOutgoingCalls));
  connection.onPrepareRename(serve("a new name", null, onPrepareRename));
  connection.onRenameRequest(serve("a new name", null, onRename));
  connection.onFoldingRanges(serve("folding", [], onFoldingRanges));
  connection.onDocumentLinks(serve("links", [], onDocumentLinks));
  connection.onSelectionRanges(serve("selections", [], onSelectionRanges));
  connection.onWorkspaceSymbol(serve("names", [], onWorkspaceSymbols));
  connection.onDocumentFormatting(serve("formatting", [], onFormat));
  connection.onDocumentRangeFormatting(serve("formatting", [], onFormatRange));
  connection.languages.inlayHint.on(serve("hints", [], onInlayHints));
  connection.onCodeLens(serve("lenses", [], onCodeLens));
}
