/** The address of a line of a document as editors open it. @param line zero-based */
export function lineAddress(uri: string, line: number): string | null {
  // Nothing that could end a Markdown link early.
  for (const character of uri) if (character <= " " || "()<>\\`".includes(character)) return null;
  return uri.includes("#") ? null : `${uri}#L${line + 1}`;
}
