import type { TextLine } from "../log/text-line.ts";
import type { ExplainedLine, ExplainedLines } from "./explained-line.ts";

/** The explained lines of a log that streams by: the last ones only, so that memory does not grow with the log. */
export interface RecentLines extends ExplainedLines {
  add(line: number, entryId: string, text: string): void;
}

/** Lines kept, and UTF-16 code units kept of each: what is behind them names no process and no service. */
const MOST_KEPT = 3000;
const LONGEST = 2000;

/** @param read understands a line */
export function createRecentLines(read: (text: string) => TextLine): RecentLines {
  const ring: ExplainedLine[] = [];
  let next = 0;

  function* before(line: number): Iterable<ExplainedLine> {
    for (let back = 1; back <= ring.length; back += 1) {
      const kept = ring[(next - back + ring.length) % ring.length];
      if (kept !== undefined && kept.line < line) yield kept;
    }
  }

  return {
    add(line, entryId, text) {
      const kept = text.slice(0, LONGEST);
      let understood: TextLine | null = null;
      const explained = {
        line,
        entryId,
        text: kept,
        read: () => {
          understood ??= read(kept);
          return understood;
        },
      };
      if (ring.length < MOST_KEPT) {
        ring.push(explained);
        next = ring.length % MOST_KEPT;
      } else {
        ring[next] = explained;
        next = (next + 1) % MOST_KEPT;
      }
    },
    before,
  };
}
