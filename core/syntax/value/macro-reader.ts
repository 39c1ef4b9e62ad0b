import { isAlnumCode, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { closingBracket } from "./closing-bracket.ts";
import type { ComparisonOperator, MacroNode, MacroProblemKind } from "./macro-node.ts";

/** What a macro text is read from; all offsets are in `text`. */
export interface MacroReader {
  readonly text: string;
  readonly spanOf: (start: number, end: number) => Span;
  readonly report: (kind: MacroProblemKind, start: number, end: number) => void;
}

type Nodes = readonly MacroNode[];
type Branches = { readonly whenTrue: Nodes | null; readonly whenFalse: Nodes | null };

/** Postfix evaluates no deeper than this. */
export const MAX_MACRO_NESTING = 100;

const DOLLAR = 36;
const PAREN_OPEN = 40;
const OPEN = 123;
const UNDERSCORE = 95;
const OPERATORS: readonly ComparisonOperator[] = ["==", "!=", "<=", ">=", "<", ">"];

/** From Postfix 3.11 on. */
const FUNCTIONS: ReadonlySet<string> = new Set(["domain_to_ascii", "domain_to_utf8"]);

function isNameCode(code: number): boolean {
  return isAlnumCode(code) || code === UNDERSCORE;
}

function nameEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isNameCode(text.charCodeAt(at))) at += 1;
  return at;
}

/** Text and macros of `start..end`. Adjacent plain text is one node. */
export function readMacros(reader: MacroReader, start: number, end: number, depth: number): Nodes {
  const { text } = reader;
  const nodes: MacroNode[] = [];
  let plain = start;
  const flush = (to: number): void => {
    if (to > plain) nodes.push({ kind: "text", span: reader.spanOf(plain, to), text: text.slice(plain, to) });
  };
  const malformed = (from: number, to: number): MacroNode => {
    return { kind: "malformed", span: reader.spanOf(from, to), text: text.slice(from, to) };
  };
  if (depth > MAX_MACRO_NESTING) {
    reader.report("nesting", start, end);
    return [malformed(start, end)];
  }
  for (let at = start; at < end; ) {
    if (text.charCodeAt(at) !== DOLLAR) {
      at += 1;
      continue;
    }
    const opener = at + 1 < end ? text.charCodeAt(at + 1) : 0;
    if (opener === DOLLAR) {
      flush(at);
      nodes.push({ kind: "dollar", span: reader.spanOf(at, at + 2) });
      at += 2;
      plain = at;
      continue;
    }
    const bracketed = opener === OPEN || opener === PAREN_OPEN;
    const close = bracketed ? closingBracket(text, at + 1, end) : nameEnd(text, at + 1, end);
    if (close === -1) {
      reader.report("truncated", at, end);
      flush(at);
      return [...nodes, malformed(at, end)];
    }
    const [from, to] = bracketed ? [at + 2, close - 1] : [at + 1, close];
    if (from === to) {
      reader.report("empty-name", at, Math.max(close, at + 1));
      flush(at);
      return [...nodes, malformed(at, end)];
    }
    flush(at);
    const whole = reader.spanOf(at, close);
    const node = bracketed
      ? readExpression(reader, whole, from, to, depth)
      : ({ kind: "reference", span: whole, name: text.slice(from, to), nameSpan: reader.spanOf(from, to) } as const);
    nodes.push(node ?? malformed(at, close));
    at = close;
    plain = close;
  }
  flush(end);
  return nodes;
}

/** What stands between `${` and `}`; null after a syntax error. */
function readExpression(reader: MacroReader, whole: Span, from: number, to: number, depth: number): MacroNode | null {
  const { text } = reader;
  const start = skipSpace(text, from, to);
  if (text.charCodeAt(from) === OPEN) return readComparison(reader, whole, from, to, depth);
  const end = nameEnd(text, start, to);
  const name = text.slice(start, end);
  const nameSpan = reader.spanOf(start, end);
  const next = skipSpace(text, end, to);
  if (next === to) return { kind: "reference", span: whole, name, nameSpan };
  if (next === end && FUNCTIONS.has(name) && closingBracket(text, next, to) === to) {
    reader.report("function", start, to);
    return { kind: "function", span: whole, name, argument: readMacros(reader, next + 1, to - 1, depth + 1) };
  }
  const sign = text.charAt(next);
  if (sign !== "?" && sign !== ":") {
    reader.report("name-syntax", start, to);
    return null;
  }
  const branches = readBranches(reader, next, to, depth);
  if (branches === null) return null;
  return {
    kind: "conditional",
    span: whole,
    name,
    nameSpan,
    whenSet: branches.whenTrue,
    whenEmpty: branches.whenFalse,
  };
}

/** `?{a}:{b}`, `?a`, `:{b}`, … from the sign at `at`. Old style text runs to the end, colons included. */
function readBranches(reader: MacroReader, at: number, to: number, depth: number): Branches | null {
  const { text } = reader;
  const first = readBranch(reader, at + 1, to, depth);
  if (first === null) return null;
  const next = skipSpace(text, first.end, to);
  if (text.charAt(at) === ":") {
    if (next < to) {
      reader.report("text-after-expression", next, to);
      return null;
    }
    return { whenTrue: null, whenFalse: first.nodes };
  }
  if (next === to) return { whenTrue: first.nodes, whenFalse: null };
  if (text.charAt(next) !== ":") {
    reader.report("colon-expected", next, to);
    return null;
  }
  const second = readBranch(reader, next + 1, to, depth);
  if (second === null) return null;
  const after = skipSpace(text, second.end, to);
  if (after < to) {
    reader.report("text-after-expression", after, to);
    return null;
  }
  return { whenTrue: first.nodes, whenFalse: second.nodes };
}

/** `{text}` with blanks around the braces, or all the rest as it stands. */
function readBranch(
  reader: MacroReader,
  from: number,
  to: number,
  depth: number,
): { readonly nodes: Nodes; readonly end: number } | null {
  const brace = skipSpace(reader.text, from, to);
  if (reader.text.charCodeAt(brace) !== OPEN || brace >= to) {
    return { nodes: readMacros(reader, from, to, depth + 1), end: to };
  }
  const close = closingBracket(reader.text, brace, to);
  if (close === -1) {
    reader.report("unbalanced", brace, to);
    return null;
  }
  return { nodes: readMacros(reader, brace + 1, close - 1, depth + 1), end: close };
}

function readOperand(
  reader: MacroReader,
  at: number,
  to: number,
  depth: number,
): { readonly nodes: Nodes; readonly end: number } | null {
  if (at >= to || reader.text.charCodeAt(at) !== OPEN) {
    reader.report("operand-expected", at, to);
    return null;
  }
  return readBranch(reader, at, to, depth);
}

/** `{left} OP {right}` and what follows. */
function readComparison(reader: MacroReader, whole: Span, from: number, to: number, depth: number): MacroNode | null {
  const { text } = reader;
  const left = readOperand(reader, from, to, depth);
  if (left === null) return null;
  const at = skipSpace(text, left.end, to);
  const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at) && at + candidate.length <= to);
  if (operator === undefined) {
    reader.report("operator-expected", at, Math.max(at, trimmedEnd(text, at, to)));
    return null;
  }
  const suffix = at + operator.length;
  const suffixEnd = nameEnd(text, suffix, to);
  const word = text.slice(suffix, suffixEnd);
  if (word !== "" && word !== "level") {
    reader.report("bad-suffix", suffix, suffixEnd);
    return null;
  }
  const right = readOperand(reader, skipSpace(text, suffixEnd, to), to, depth);
  if (right === null) return null;
  const next = skipSpace(text, right.end, to);
  const base = {
    kind: "comparison",
    span: whole,
    left: left.nodes,
    operator,
    level: word !== "",
    right: right.nodes,
  } as const;
  if (next === to) return { ...base, whenTrue: null, whenFalse: null };
  if (text.charAt(next) !== "?" && text.charAt(next) !== ":") {
    reader.report("question-expected", next, to);
    return null;
  }
  const branches = readBranches(reader, next, to, depth);
  return branches === null ? null : { ...base, ...branches };
}
