import type { SourceFile } from "../io/file-port.ts";

const QUESTION_MARK = "?";

/** Text as Postfix's own messages show it: every byte that is not printable ASCII is a `?`. Nothing of it can reach a terminal's controls. */
export function printable(text: string, encoding: SourceFile["encoding"]): string {
  let result = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) result += character;
    else result += QUESTION_MARK.repeat(encoding === "bytes" ? 1 : utf8Length(code));
  }
  return result;
}

/** The start of a line as readlline(3) quotes it where it must not begin with white space. */
export function quotedStart(lineText: string): string {
  return lineText.length > LONGEST_START ? `${lineText.slice(0, LONGEST_START)}...` : lineText;
}

const LONGEST_START = 30;

/** A logical line as Postfix quotes it: C ends a text at its first NUL. */
export function quotedLine(lineText: string): string {
  const nul = lineText.indexOf("\0");
  return nul === -1 ? lineText : lineText.slice(0, nul);
}

function utf8Length(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
