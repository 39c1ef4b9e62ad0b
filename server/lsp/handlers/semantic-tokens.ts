import { mainCfTokens, masterCfTokens, type ParameterToken } from "@postmaster/core/features/parameter-tokens.ts";
import type { Range, SemanticTokens, SemanticTokensLegend } from "vscode-languageserver";
import { mapLines } from "../positions.ts";
import type { Session } from "../session.ts";

export const LEGEND: SemanticTokensLegend = {
  tokenTypes: ["property", "variable"],
  tokenModifiers: ["declaration", "deprecated"],
};

/** UTF-16 code units. A configuration of that length is none, and colour would cost more than it says. */
const LONGEST = 20_000_000;

const TOKENS: Readonly<Partial<Record<string, (text: string) => readonly ParameterToken[]>>> = {
  "postfix-main-cf": mainCfTokens,
  "postfix-master-cf": masterCfTokens,
};

/** @param range null: the whole document */
export function onSemanticTokens(session: Session, uri: string, range: Range | null): SemanticTokens {
  const document = session.documents.get(uri);
  const tokensOf = document?.kind === "text" ? TOKENS[document.languageId] : undefined;
  if (document?.kind !== "text" || tokensOf === undefined) return { data: [] };
  const text = document.text.getText();
  if (text.length > LONGEST) return { data: [] };
  const lines = mapLines(text);
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const token of tokensOf(text)) {
    const { start, end } = lines.rangeOf(token.span);
    const isOutside = range !== null && (start.line < range.start.line || start.line > range.end.line);
    if (isOutside || start.line !== end.line) continue;
    const modifiers = (token.isDefinition ? 1 : 0) | (token.isDeprecated ? 2 : 0);
    const column = start.line === line ? start.character - character : start.character;
    data.push(start.line - line, column, end.character - start.character, token.kind === "known" ? 0 : 1, modifiers);
    ({ line, character } = start);
  }
  return { data };
}
