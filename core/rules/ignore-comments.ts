import type { SourceFile } from "../io/file-port.ts";
import { mayHold } from "../io/text-in.ts";
import { isSpaceCode, trimAscii } from "../text/ascii.ts";

const MARK = "postmaster: ignore";

/** From `start` up to `end` in a file the rules of `ids` are not to be heard; all rules if there are none. */
interface Ignored {
  readonly start: number;
  readonly end: number;
  readonly ids: ReadonlySet<string>;
}

/**
 * Answers whether a comment line (`# postmaster: ignore rule-id`, several ids with commas, none for all rules) stands before the line
 * of a finding. Before the first line of an entry it holds for its continuation lines too; between them, for the next line alone.
 */
export function createSuppressions(): (file: SourceFile, offset: number, ruleId: string) => boolean {
  const byFile = new Map<SourceFile, readonly Ignored[]>();
  return (file, offset, ruleId) => {
    const ignored = byFile.get(file) ?? (mayHold(file, MARK) ? readIgnored(file.text) : []);
    byFile.set(file, ignored);
    return ignored.some(
      ({ start, end, ids }) => start <= offset && offset < end && (ids.size === 0 || ids.has(ruleId)),
    );
  };
}

function readIgnored(text: string): readonly Ignored[] {
  const found: Ignored[] = [];
  for (let mark = text.indexOf(MARK); mark !== -1; mark = text.indexOf(MARK, mark + 1)) {
    const lineStart = text.lastIndexOf("\n", mark) + 1;
    if (trimAscii(text.slice(lineStart, mark)) !== "#") continue;
    const lineEnd = endOfLine(text, mark);
    const words = trimAscii(text.slice(mark + MARK.length, lineEnd))
      .replaceAll(",", " ")
      .split(" ");
    const start = nextTextLine(text, lineEnd);
    found.push({ start, end: endOfIgnored(text, start), ids: new Set(words.filter((word) => word !== "")) });
  }
  return found;
}

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  return feed === -1 ? text.length : feed + 1;
}

/** Whether a line is empty or a comment. */
function isBetween(text: string, start: number, end: number): boolean {
  const line = trimAscii(text.slice(start, end));
  return line === "" || line.startsWith("#");
}

function nextTextLine(text: string, from: number): number {
  let start = from;
  while (start < text.length && isBetween(text, start, endOfLine(text, start))) start = endOfLine(text, start);
  return start;
}

function endOfIgnored(text: string, start: number): number {
  const end = endOfLine(text, start);
  if (isSpaceCode(text.charCodeAt(start))) return end;
  let last = end;
  for (let next = nextTextLine(text, end); next < text.length; next = nextTextLine(text, last)) {
    if (!isSpaceCode(text.charCodeAt(next))) break;
    last = endOfLine(text, next);
  }
  return last;
}
