import { countLeading } from "../collections/count-leading.ts";
import type { TextLine } from "../log/text-line.ts";
import { decodeUtf8 } from "../log/utf8.ts";
import type { ExplainedLine, ExplainedLines } from "./explained-line.ts";
import { type KeptLines, PLACE_NUMBERS } from "./kept-lines.ts";

/** The explained lines of a log that streams by: the last ones only, so that memory does not grow with the log. */
export interface RecentLines extends ExplainedLines {
  /** Lines that stand behind all those before. @param origin what is added to their numbers */
  add(lines: KeptLines, origin: number): void;
}

/** As many as anybody looks back over. */
const MOST_KEPT = 3000;

/** Lines that came together. */
interface Block {
  readonly count: number;
  readonly lineAt: (index: number) => number;
  readonly explained: (index: number) => ExplainedLine;
}

/** @param read understands a line @param entryId what an entry's number means */
export function createRecentLines(read: (text: string) => TextLine, entryId: (entry: number) => string): RecentLines {
  let blocks: Block[] = [];

  function blockOf({ bytes, places }: KeptLines, origin: number): Block {
    const known = new Map<number, ExplainedLine>();
    const number = (index: number, which: number): number => places[index * PLACE_NUMBERS + which] ?? 0;
    const lineAt = (index: number): number => origin + number(index, 0);
    const make = (index: number): ExplainedLine =>
      explainedLine(lineAt(index), entryId(number(index, 1)), read, () =>
        decodeUtf8(bytes, index === 0 ? 0 : number(index - 1, 2), number(index, 2)),
      );
    return {
      count: places.length / PLACE_NUMBERS,
      lineAt,
      explained(index) {
        const line = known.get(index) ?? make(index);
        known.set(index, line);
        return line;
      },
    };
  }

  return {
    add(lines, origin) {
      if (lines.places.length === 0) return;
      let behind = 0;
      // A line of the newest may look back over as many as are kept.
      const needed = blocks.toReversed().findIndex(({ count }) => (behind += count) >= MOST_KEPT);
      if (needed !== -1) blocks = blocks.slice(-(needed + 1));
      blocks.push(blockOf(lines, origin));
    },
    *before(line) {
      let left = MOST_KEPT;
      for (const { count, lineAt, explained } of blocks.toReversed()) {
        const earlier = countLeading(count, (index) => lineAt(index) < line);
        for (let index = earlier - 1; index >= 0 && left > 0; index -= 1, left -= 1) yield explained(index);
      }
    },
  };
}

function explainedLine(
  line: number,
  entryId: string,
  readText: (text: string) => TextLine,
  decode: () => string,
): ExplainedLine {
  let text: string | null = null;
  let understood: TextLine | null = null;
  return {
    line,
    entryId,
    get text() {
      text ??= decode();
      return text;
    },
    read() {
      understood ??= readText(this.text);
      return understood;
    },
  };
}
