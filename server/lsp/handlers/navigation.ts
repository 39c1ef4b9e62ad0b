import { pathToFileURL } from "node:url";
import type { ConfigPlace } from "@postmaster/core/features/config/config-documents.ts";
import { definition, highlights, references } from "@postmaster/core/features/config/navigation.ts";
import {
  type CancellationToken,
  type DefinitionParams,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
  type Location,
  type ReferenceParams,
} from "vscode-languageserver";
import { olderLogOf } from "../older-log.ts";
import { logWithMailAt, logWithProblems } from "../open-logs.ts";
import { mapLines } from "../positions.ts";
import type { Session } from "../session.ts";
import { isOnReason, logDefinition, logHighlights, logReferences } from "./log-navigation.ts";
import { settingLocations } from "./setting.ts";

export async function onDefinition(
  session: Session,
  { textDocument, position }: DefinitionParams,
  token: CancellationToken,
): Promise<Location[]> {
  if (session.documents.get(textDocument.uri)?.kind === "log") {
    await logWithProblems(session, textDocument.uri, token);
    const document = await logWithMailAt(session, textDocument.uri, position, token);
    if (document === null) return [];
    const older = await olderLogOf(session, document, position.line);
    const places = logDefinition(document, position, older, session.client.options.clientCommands);
    // On the words of a refusal: what in the configuration said them.
    const isAsked = places.length === 0 && isOnReason(document, position);
    return isAsked ? settingLocations(session, document, position.line, token) : places;
  }
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  return snapshot === null ? [] : locations(definition(snapshot.context, snapshot.lines.offsetAt(position)));
}

export async function onReferences(
  session: Session,
  { textDocument, position, context }: ReferenceParams,
  token: CancellationToken,
): Promise<Location[]> {
  if (session.documents.get(textDocument.uri)?.kind === "log") {
    const document = await logWithMailAt(session, textDocument.uri, position, token);
    return document === null ? [] : logReferences(document, position, context.includeDeclaration);
  }
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  return locations(references(snapshot.context, snapshot.lines.offsetAt(position), context.includeDeclaration));
}

export async function onDocumentHighlight(
  session: Session,
  { textDocument, position }: DocumentHighlightParams,
  token: CancellationToken,
): Promise<DocumentHighlight[]> {
  if (session.documents.get(textDocument.uri)?.kind === "log") {
    const document = await logWithMailAt(session, textDocument.uri, position, token);
    return document === null ? [] : logHighlights(document, position);
  }
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  const { context, lines } = snapshot;
  return highlights(context, lines.offsetAt(position)).map(({ span, isDefinition }) => ({
    range: lines.rangeOf(span),
    kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

/** Places as the protocol has them; each file is indexed once. */
export function locations(places: readonly ConfigPlace[]): Location[] {
  const maps = new Map<string, ReturnType<typeof mapLines>>();
  return places.map(({ path, file, span }) => {
    const lines = maps.get(path) ?? mapLines(file?.text ?? "");
    maps.set(path, lines);
    const uri = file === null || file.uri === "" ? pathToFileURL(path).href : file.uri;
    return { uri, range: lines.rangeOf(span) };
  });
}
