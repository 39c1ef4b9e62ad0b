import type { TextLine } from "../log/text-line.ts";

/** A line that a catalogue entry explains, understood only when it is asked for. */
export interface ExplainedLine {
  /** As the log counts its lines. */
  readonly line: number;
  readonly entryId: string;
  readonly text: string;
  read(): TextLine;
}

/** The explained lines of a log. */
export interface ExplainedLines {
  /** Those before a line, the nearest first. */
  before(line: number): Iterable<ExplainedLine>;
}
