import { shellQuote } from "../text/shell-quote.ts";

/**
 * One shell line that makes a text file the other one: a unified diff of a single hunk, printed into patch(1).
 * `context` lines are quoted around it; 0 for files that hold secrets. Null if a line cannot be printed by printf(1).
 */
export function patchCommand(path: string, before: string, after: string, context: number): string | null {
  const old = linesOf(before);
  const now = linesOf(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail++;
  const from = Math.max(0, head - context);
  const oldEnd = Math.min(old.length, old.length - tail + context);
  const nowEnd = now.length - (old.length - oldEnd);
  const hunk = [
    ...old.slice(from, head).map((line) => ` ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+${line}`),
    ...old.slice(old.length - tail, oldEnd).map((line) => ` ${line}`),
  ];
  const header = `@@ -${range(from, oldEnd)} +${range(from, nowEnd)} @@`;
  const words = [header, ...hunk.flatMap(withoutBreak)].map(printable);
  const target = shellQuote(path);
  const quoted = words.map((word) => (word === null ? null : shellQuote(word)));
  if (target === null || quoted.includes(null)) return null;
  return `printf '%b\\n' ${quoted.join(" ")} | patch ${target}`;
}

/** Lines with their LF, so that a missing final one shows. */
function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  let at = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", at)) {
    lines.push(text.slice(at, end + 1));
    at = end + 1;
  }
  if (at < text.length) lines.push(text.slice(at));
  return lines;
}

function withoutBreak(line: string): readonly string[] {
  return line.endsWith("\n") ? [line.slice(0, -1)] : [line, "\\ No newline at end of file"];
}

/** An empty range is written with the number of the line before it. */
function range(from: number, end: number): string {
  return end === from ? `${from},0` : `${from + 1},${end - from}`;
}

/** For printf's `%b`: backslashes, tabs and carriage returns written out. */
function printable(text: string): string | null {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\r", "\\r");
  return shellQuote(escaped) === null ? null : escaped;
}
