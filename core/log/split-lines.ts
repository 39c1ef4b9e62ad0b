/** The lines of a text, without their breaks: LF, CRLF, or CR alone, as LSP says. One more than there are breaks. */
export function splitLines(text: string): string[] {
  let nextCr = text.indexOf("\r");
  if (nextCr === -1) return text.split("\n");
  const lines: string[] = [];
  let start = 0;
  let nextLf = text.indexOf("\n");
  while (nextCr !== -1 || nextLf !== -1) {
    const loneCr = nextCr !== -1 && (nextLf === -1 || nextCr < nextLf - 1);
    const end = nextCr !== -1 && (nextLf === -1 || nextCr < nextLf) ? nextCr : nextLf;
    lines.push(text.slice(start, end));
    start = loneCr ? end + 1 : nextLf + 1;
    if (nextCr !== -1 && nextCr < start) nextCr = text.indexOf("\r", start);
    if (nextLf !== -1 && nextLf < start) nextLf = text.indexOf("\n", start);
  }
  lines.push(text.slice(start));
  return lines;
}
