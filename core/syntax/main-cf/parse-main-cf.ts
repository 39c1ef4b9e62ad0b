import { lately, oncePer, oneText } from "../../memory/remember.ts";
import { isSpaceCode, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import { ownCopy } from "../../text/own-copy.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan, type JoinedText, sliceJoined, wholeSpan } from "../lines/joined-text.ts";
import { type LineTree, type LogicalLine, parseLogicalLines, printLogicalLines } from "../lines/logical-lines.ts";
import { visiblePieces } from "../lines/visible-pieces.ts";

/** One `name = value` of main.cf; a name may be defined several times, the last one counts. */
export interface Definition {
  readonly name: string;
  readonly nameSpan: Span;
  /** First to last code unit of the value, over continuation lines; empty, after the `=`, for an empty value. */
  readonly valueSpan: Span;
  /** The value on each physical line, without indentation, trailing whitespace, comment and blank lines. */
  readonly pieces: readonly Span[];
  /** The logical value as Postfix has it (trimmed; indentation of continuation lines kept). */
  readonly value: string;
  /** The same with its places in the document, for the value parsers. */
  readonly valueText: JoinedText;
  /** 1-based number of the first physical line. */
  readonly line: number;
  /** The whole logical line with its last line break. */
  readonly span: Span;
  readonly logical: LogicalLine;
}

export type MainCfProblemKind = "missing-equals" | "missing-name" | "leading-whitespace" | "nul";

export interface MainCfProblem {
  readonly kind: MainCfProblemKind;
  readonly span: Span;
  /** 1-based number of the logical line's first physical line. */
  readonly line: number;
  /** The logical line, as Postfix would quote it (untrusted, may be long). */
  readonly lineText: string;
}

export interface MainCf {
  readonly text: string;
  readonly lines: LineTree;
  /** In file order. */
  readonly definitions: readonly Definition[];
  readonly problems: readonly MainCfProblem[];
}

const EQUALS = 61;

const names = new Map<string, string>();
const MOST_NAMES = 5000;
const LONGEST_NAME = 100;

/** One and the same text for equal names: they are looked up again and again, and a text cut out of a file is slow to compare. */
function sameText(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES || name.length > LONGEST_NAME) return name;
  const own = ownCopy(name);
  names.set(own, own);
  return own;
}

/** Where in a logical line its parts stand. */
interface Parts {
  readonly name: string;
  readonly value: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly equals: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Postfix's split_nameval(): a name, `=`, a value, blanks around all three. Equal lines have one and the same value, as they have one name. */
const partsOf = lately((text): Parts | "missing-equals" | "missing-name" => {
  const nul = text.indexOf("\0");
  const end = nul === -1 ? text.length : nul;
  const nameStart = skipSpace(text, 0, end);
  let nameEnd = nameStart;
  while (nameEnd < end && text.charCodeAt(nameEnd) !== EQUALS && !isSpaceCode(text.charCodeAt(nameEnd))) nameEnd += 1;
  if (nameEnd === nameStart) return "missing-name";
  const equals = skipSpace(text, nameEnd, end);
  if (equals >= end || text.charCodeAt(equals) !== EQUALS) return "missing-equals";
  const valueStart = skipSpace(text, equals + 1, end);
  const valueEnd = trimmedEnd(text, valueStart, end);
  const name = sameText(text.slice(nameStart, nameEnd));
  const value = oneText(text.slice(valueStart, valueEnd));
  return { name, value, nameStart, nameEnd, equals, valueStart, valueEnd };
});

function parseDefinition(line: LogicalLine): Definition | "missing-equals" | "missing-name" {
  const { joined } = line;
  const parts = partsOf(joined.text);
  if (typeof parts === "string") return parts;
  const { name, value, nameStart, nameEnd, equals, valueStart, valueEnd } = parts;
  const valueText: JoinedText =
    valueEnd > valueStart
      ? { ...sliceJoined(joined, valueStart, valueEnd), text: value }
      : { text: "", pieces: [], origin: documentSpan(joined, equals, equals + 1).end };
  return {
    name,
    nameSpan: documentSpan(joined, nameStart, nameEnd),
    valueSpan: wholeSpan(valueText),
    pieces: visiblePieces(valueText),
    value,
    valueText,
    line: line.number,
    span: line.span,
    logical: line,
  };
}

/** Parse a main.cf, or a file of its syntax (postconf(5)). Any text parses; what Postfix would refuse is a problem. */
export function parseMainCf(text: string): MainCf {
  const lines = parseLogicalLines(text);
  const definitions: Definition[] = [];
  const problems: MainCfProblem[] = [];
  for (const node of lines.nodes) {
    if (node.kind !== "logical") continue;
    const { line } = node;
    const report = (kind: MainCfProblemKind, at: Span): void => {
      problems.push({ kind, span: at, line: line.number, lineText: line.joined.text });
    };
    const nul = line.joined.text.indexOf("\0");
    if (nul !== -1) report("nul", documentSpan(line.joined, nul, nul + 1));
    const whole = documentSpan(line.joined, 0, trimmedEnd(line.joined.text, 0));
    if (line.indented) {
      report("leading-whitespace", whole);
      continue;
    }
    const parsed = parseDefinition(line);
    if (typeof parsed === "string") report(parsed, whole);
    else definitions.push(parsed);
  }
  return { text, lines, definitions, problems };
}

/** The text a tree was parsed from. */
export function printMainCf(tree: MainCf): string {
  return printLogicalLines(tree.lines);
}

const lastDefinitions = oncePer(
  (tree: MainCf): ReadonlyMap<string, Definition> =>
    new Map(tree.definitions.map((definition) => [definition.name, definition])),
);

/** The definition that counts: the last one of that name. Names are case-sensitive. */
export function effectiveDefinition(tree: MainCf, name: string): Definition | null {
  return lastDefinitions(tree).get(name) ?? null;
}
