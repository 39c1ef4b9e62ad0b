/** What a marker under a log line expects: a range of that line and a word about it. */
export interface Expectation {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

/** A log with its expectations in it: `^^^^ word` under the characters of the line above. Blank lines at both ends are dropped. */
export function markedLog(source: string): { readonly text: string; readonly expected: readonly Expectation[] } {
  const lines: string[] = [];
  const expected: Expectation[] = [];
  for (const line of source.trim().split("\n")) {
    const start = line.length - line.trimStart().length;
    if (line[start] !== "^") {
      lines.push(line);
      continue;
    }
    const carets = line.slice(start).split(" ", 1)[0] ?? "";
    expected.push({
      line: lines.length - 1,
      start,
      end: start + carets.length,
      word: line.slice(start + carets.length).trim(),
    });
  }
  return { text: `${lines.join("\n")}\n`, expected };
}
