import { isSpaceCode, skipSpace } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import type { JoinedPiece, JoinedText } from "./joined-text.ts";

export interface PhysicalLine {
  readonly kind: "text" | "comment" | "blank";
  /** 1-based. */
  readonly number: number;
  /** With its line break. */
  readonly span: Span;
  /** Without its line break (LF or CR LF). */
  readonly content: Span;
}

/** One or more text lines that Postfix reads as one; comment and blank lines in between do not end it (postconf(5)). */
export interface LogicalLine {
  /** 1-based number of the first physical line: the number Postfix reports. */
  readonly number: number;
  /** From the first text line's start to the last text line's end, line break included. */
  readonly span: Span;
  /** The text lines and the comment and blank lines between them. */
  readonly lines: readonly PhysicalLine[];
  /** As Postfix joins it: indentation kept, line feeds gone, carriage returns kept. */
  readonly joined: JoinedText;
  /** It starts with whitespace with nothing above to continue: Postfix skips it with a warning. */
  readonly indented: boolean;
}

/** A logical line, or a comment or blank line outside of all. */
export type LineNode =
  | { readonly kind: "logical"; readonly span: Span; readonly line: LogicalLine }
  | { readonly kind: "comment" | "blank"; readonly span: Span; readonly line: PhysicalLine };

/** A text as its lines; the nodes cover it without gaps, in order. */
export interface LineTree {
  readonly text: string;
  readonly nodes: readonly LineNode[];
}

const HASH = 35;
const CR = 13;
const LF = 10;

function physicalLines(text: string, from: number, to: number, number: number): readonly PhysicalLine[] {
  const lines: PhysicalLine[] = [];
  for (let start = from; start < to; ) {
    const feed = text.indexOf("\n", start);
    const end = feed === -1 || feed >= to ? to : feed + 1;
    let contentEnd = text.charCodeAt(end - 1) === LF ? end - 1 : end;
    if (contentEnd < end && contentEnd > start && text.charCodeAt(contentEnd - 1) === CR) contentEnd -= 1;
    const first = skipSpace(text, start, contentEnd);
    const kind = first === contentEnd ? "blank" : text.charCodeAt(first) === HASH ? "comment" : "text";
    lines.push({ kind, number: lines.length + number, span: span(start, end), content: span(start, contentEnd) });
    start = end;
  }
  return lines;
}

/** The text of a line without its line feed, as Postfix's reader keeps it. */
function joinLines(text: string, lines: readonly PhysicalLine[]): JoinedText {
  const [first] = lines;
  // Nearly all are of one line. An array that grows from nothing has room for 17, and there is one for each line at each keystroke.
  if (first?.kind === "text" && lines.length === 1) {
    const at = textOfLine(text, first);
    return { text: text.slice(at.start, at.end), pieces: [{ from: 0, span: at }], origin: at.start };
  }
  const parts: string[] = [];
  const pieces: JoinedPiece[] = [];
  let from = 0;
  for (const line of lines) {
    if (line.kind !== "text") continue;
    const at = textOfLine(text, line);
    parts.push(text.slice(at.start, at.end));
    pieces.push({ from, span: at });
    from += at.end - at.start;
  }
  return { text: parts.join(""), pieces, origin: first?.span.start ?? 0 };
}

/** All but the line feed. */
function textOfLine(text: string, { span: { start, end }, content }: PhysicalLine): Span {
  const to = text.charCodeAt(end - 1) === LF ? end - 1 : end;
  return content.end === to ? content : span(start, to);
}

function logicalNode(text: string, lines: readonly PhysicalLine[], first: PhysicalLine): LineNode {
  const line = logicalLine(text, lines, first);
  return { kind: "logical", span: line.span, line };
}

function logicalLine(text: string, lines: readonly PhysicalLine[], first: PhysicalLine): LogicalLine {
  const last = lines.at(-1) ?? first;
  const at = first === last ? first.span : span(first.span.start, last.span.end);
  const indented = isSpaceCode(text.charCodeAt(first.span.start));
  return { number: first.number, span: at, lines, joined: joinLines(text, lines), indented };
}

/** The logical line that lies in `start..end` of a text, whose first physical line has this number. Throws if there is no line. */
export function logicalLineIn(text: string, start: number, end: number, number: number): LogicalLine {
  const lines = physicalLines(text, start, end, number);
  const [first] = lines;
  if (first === undefined) throw new RangeError(`no line from ${start} to ${end}`);
  return logicalLine(text, lines, first);
}

/** Split a text into logical lines as Postfix's readlline does. Linear in the text. */
export function parseLogicalLines(text: string): LineTree {
  const nodes: LineNode[] = [];
  let open: PhysicalLine[] = [];
  let between: PhysicalLine[] = [];
  const close = (): void => {
    const first = open[0];
    if (first !== undefined) nodes.push(logicalNode(text, open, first));
    for (const line of between) if (line.kind !== "text") nodes.push({ kind: line.kind, span: line.span, line });
    if (between.length > 0) between = [];
  };
  for (const line of physicalLines(text, 0, text.length, 1)) {
    if (line.kind !== "text") {
      between.push(line);
    } else if (open.length > 0 && isSpaceCode(text.charCodeAt(line.span.start))) {
      for (const inner of between) open.push(inner);
      between = [];
      open.push(line);
    } else {
      close();
      open = [line];
    }
  }
  close();
  return { text, nodes };
}

/** The text again, from the nodes. */
export function printLogicalLines(tree: LineTree): string {
  return tree.nodes.map((node) => tree.text.slice(node.span.start, node.span.end)).join("");
}
