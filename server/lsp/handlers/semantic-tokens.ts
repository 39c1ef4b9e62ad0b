import { type ConfigToken, configTokens } from "@postmaster/core/features/config/tokens.ts";
import type { CancellationToken, Range, SemanticTokens } from "vscode-languageserver";
import type { Session } from "../session.ts";

const TYPES: Readonly<Record<ConfigToken["kind"], number>> = { parameter: 0, own: 1, restriction: 2, service: 3 };

/** UTF-16 code units. A configuration of that length is none, and colour would cost more than it says. */
const LONGEST = 20_000_000;

/** @param range null: the whole document */
export async function onSemanticTokens(
  session: Session,
  uri: string,
  range: Range | null,
  token: CancellationToken,
): Promise<SemanticTokens> {
  const snapshot = await session.snapshots.of(uri, token);
  if (snapshot === null || snapshot.context.document.file.text.length > LONGEST) return { data: [] };
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const { span, kind, isDefinition, isDeprecated } of configTokens(snapshot.context)) {
    const { start, end } = snapshot.lines.rangeOf(span);
    const isOutside = range !== null && (start.line < range.start.line || start.line > range.end.line);
    if (isOutside || start.line !== end.line) continue;
    const modifiers = (isDefinition ? 1 : 0) | (isDeprecated ? 2 : 0);
    const column = start.line === line ? start.character - character : start.character;
    data.push(start.line - line, column, end.character - start.character, TYPES[kind], modifiers);
    ({ line, character } = start);
  }
  return { data };
}
