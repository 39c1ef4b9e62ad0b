import type { Span } from "./span.ts";

/** Replace `span` of a text by `newText`. An insertion has an empty span. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/**
 * The text with all edits applied. Edits may come in any order; all spans refer to the text before any of them.
 * Two insertions at one offset keep their given order.
 * @throws RangeError if two edits overlap or one lies outside the text: applying them anyway would lose text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.map((edit, index) => ({ edit, index }));
  ordered.sort(
    (a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.index - b.index,
  );
  let result = "";
  let done = 0;
  for (const { edit } of ordered) {
    const { start, end } = edit.span;
    if (start < done || end < start || end > text.length) {
      throw new RangeError(`edit ${start}..${end} overlaps another or lies outside a text of ${text.length}`);
    }
    result += text.slice(done, start) + edit.newText;
    done = end;
  }
  return result + text.slice(done);
}
