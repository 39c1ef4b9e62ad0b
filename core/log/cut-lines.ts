/** The lines of a text, without their breaks: LF, CRLF, or CR alone, as LSP says. One more than there are breaks. */
export interface CutLines {
  readonly count: number;
  at(index: number): string;
  /** Set if the text was a long one and stayed whole: where its lines begin. The first and the last line may have more around them. */
  readonly whole: WholeText | null;
}

export interface WholeText {
  readonly text: string;
  /** Where each line begins, in UTF-16 code units. */
  readonly starts: Uint32Array;
}

/** Shorter texts are cut in pieces. */
const LONG = 65_536;
const CR = 13;
const LF = 10;

/** @param before stands before the text, `after` behind it, both without a line break */
export function cutLines(before: string, text: string, after: string): CutLines {
  const whole = { text, starts: lineStarts(text) };
  const count = whole.starts.length;
  if (text.length < LONG) {
    const lines = Array.from(whole.starts, (_, index) => wholeLine(whole, index));
    lines[0] = before + (lines[0] ?? "");
    lines[count - 1] = (lines.at(-1) ?? "") + after;
    return { count, at: (index) => lines[index] ?? "", whole: null };
  }
  // A string for each of half a million lines is what collecting garbage then takes its time for.
  return {
    count,
    at: (index) => (index === 0 ? before : "") + wholeLine(whole, index) + (index === count - 1 ? after : ""),
    whole,
  };
}

export function wholeLine({ text, starts }: WholeText, index: number): string {
  const next = starts[index + 1];
  if (next === undefined) return text.slice(starts[index]);
  const isPair = text.charCodeAt(next - 1) === LF && text.charCodeAt(next - 2) === CR;
  return text.slice(starts[index], isPair ? next - 2 : next - 1);
}

function lineStarts(text: string): Uint32Array {
  let starts = new Uint32Array(Math.max(16, text.length >>> 6));
  let count = 1;
  let nextCr = text.indexOf("\r");
  let nextLf = text.indexOf("\n");
  while (nextCr !== -1 || nextLf !== -1) {
    const isAlone = nextCr !== -1 && (nextLf === -1 || nextCr < nextLf - 1);
    const start = (isAlone ? nextCr : nextLf) + 1;
    if (count === starts.length) starts = larger(starts);
    starts[count] = start;
    count += 1;
    if (nextCr !== -1 && nextCr < start) nextCr = text.indexOf("\r", start);
    if (nextLf !== -1 && nextLf < start) nextLf = text.indexOf("\n", start);
  }
  return starts.slice(0, count);
}

function larger(values: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(values.length * 2);
  more.set(values);
  return more;
}
