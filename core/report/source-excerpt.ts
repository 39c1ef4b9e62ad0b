import { visibleText } from "../text/visible-text.ts";
import { textWidth } from "./text-width.ts";

/** A line as a terminal may show it, and the place in it. */
export interface Excerpt {
  readonly text: string;
  /** Columns in front of the place, and of the place itself (at least 1). */
  readonly before: number;
  readonly width: number;
}

/** No more than this many characters of a line are shown, on a screen as wide as that too: a log line can be a megabyte. */
const LONGEST = 220;
/** What is kept in front of the place if the line has to be cut, and on a narrow screen which part of it. */
const LEAD = 60;
const LEAD_PART = 0.3;
const ELLIPSIS = "…";

/**
 * The part of a line around `[start, end)` (UTF-16 offsets in it). Nothing in it can move a terminal's cursor: control, bidirectional and
 * invisible characters are written out, a tab becomes a space.
 * @param columns how many there are at most; lines of wide or written-out characters may take more
 */
export function sourceExcerpt(
  line: string,
  start: number,
  end: number,
  columns: number = Number.POSITIVE_INFINITY,
): Excerpt {
  const longest = Math.min(LONGEST, Math.max(columns, 0));
  const lead = Math.min(LEAD, Math.floor(longest * LEAD_PART));
  const from = line.length <= longest ? 0 : wholeCharacter(line, Math.max(0, Math.min(start, line.length) - lead));
  // Both ends may have to say that there is more.
  const room = line.length <= longest || longest === LONGEST ? longest : longest - 2 * ELLIPSIS.length;
  const to = wholeCharacter(line, Math.min(line.length, from + room));
  const clamp = (offset: number): number => Math.max(from, Math.min(offset, to));
  const head = (from > 0 ? ELLIPSIS : "") + harmless(line.slice(from, clamp(start)));
  const place = harmless(line.slice(clamp(start), clamp(end)));
  const tail = harmless(line.slice(clamp(end), to)) + (to < line.length ? ELLIPSIS : "");
  return { text: head + place + tail, before: textWidth(head), width: Math.max(1, textWidth(place)) };
}

function harmless(text: string): string {
  return visibleText(text.replaceAll("\t", " "));
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
