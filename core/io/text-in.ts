import { oncePer } from "../memory/remember.ts";
import type { LineIndex } from "../text/line-index.ts";
import type { Span } from "../text/span.ts";
import { piecesOf, sliceOf } from "../text/text-parts.ts";
import type { SourceFile } from "./file-port.ts";

/** What stands at a place of a file. The whole of an open one is not put together for it. */
export function textIn({ text, parts }: SourceFile, { start, end }: Span): string {
  return parts === undefined || parts === null ? text.slice(start, end) : sliceOf(piecesOf(parts), start, end);
}

/** Whether a word of one line may stand in a file, its parts looked through each for itself; what a patch took away may still be found. */
export function mayHold({ text, parts }: SourceFile, word: string): boolean {
  if (parts === undefined || parts === null) return text.includes(word);
  const { head, patches = [], tail, headLines } = parts;
  if (tail.includes(word) || patches.some((patch) => patch.text.includes(word))) return true;
  if (headLines === undefined) return head.includes(word);
  const known = wordsOfHead(headLines);
  const before = known.get(word);
  if (before !== undefined) return before;
  const found = head.includes(word);
  known.set(word, found);
  return found;
}

/** To look through 30 MB at each keystroke would be felt. */
const wordsOfHead = oncePer((_head: LineIndex) => new Map<string, boolean>());
