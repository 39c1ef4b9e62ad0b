import { prepareRename, rename } from "@postmaster/core/features/config/rename.ts";
import {
  type CancellationToken,
  LSPErrorCodes,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { toTextEdits } from "../positions.ts";
import type { Session } from "../session.ts";

/** @throws ResponseError with the reason for a name that may not be changed: editors show it beside the cursor */
export async function onPrepareRename(
  session: Session,
  { textDocument, position }: PrepareRenameParams,
  token: CancellationToken,
): Promise<{ range: Range; placeholder: string } | null> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return null;
  const result = prepareRename(snapshot.context, snapshot.lines.offsetAt(position));
  if (!result.ok) throw new ResponseError(LSPErrorCodes.RequestFailed, result.reason);
  return { range: snapshot.lines.rangeOf(result.span), placeholder: result.name };
}

/** @throws ResponseError with the reason for a new name that cannot be taken, and for files that changed meanwhile */
export async function onRename(
  session: Session,
  { textDocument, position, newName }: RenameParams,
  token: CancellationToken,
): Promise<WorkspaceEdit | null> {
  // An edit must fit the files as they are, not as they were a moment ago.
  session.snapshots.forget();
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return null;
  const result = rename(snapshot.context, snapshot.lines.offsetAt(position), newName);
  if (!result.ok) throw new ResponseError(LSPErrorCodes.RequestFailed, result.reason);
  if (!session.client.hasDocumentChanges) {
    return {
      changes: Object.fromEntries(result.files.map(({ file, edits }) => [file.uri, toTextEdits(file, edits)])),
    };
  }
  return {
    documentChanges: result.files.map(({ file, edits }) => ({
      textDocument: { uri: file.uri, version: file.version },
      edits: toTextEdits(file, edits),
    })),
  };
}
