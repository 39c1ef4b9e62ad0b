import { span } from "../../text/span.ts";
import type { PythonSequence, PythonValue } from "./python-node.ts";
import type { PythonToken } from "./python-tokens.ts";

/** Deeper nesting than any settings file has; beyond it a value is `other`. */
const MAX_NESTING = 20;

/** The tokens of one expression and the text they stand in. */
interface Source {
  readonly text: string;
  readonly tokens: readonly PythonToken[];
}

function operatorAt(source: Source, index: number): string {
  const token = source.tokens[index];
  return token?.kind === "operator" ? source.text.slice(token.start, token.end) : "";
}

/** Index after the token that closes the bracket at `open`, or `end`. */
function afterBracket(source: Source, open: number, end: number): number {
  let depth = 0;
  for (let index = open; index < end; index += 1) {
    const operator = operatorAt(source, index);
    if ("([{".includes(operator) && operator !== "") depth += 1;
    else if (")]}".includes(operator) && operator !== "") depth -= 1;
    if (depth === 0) return index + 1;
  }
  return end;
}

/** Index of the next comma outside of brackets in `from..end`, or `end`. */
function nextComma(source: Source, from: number, end: number): number {
  for (let index = from; index < end; ) {
    const operator = operatorAt(source, index);
    if (operator === ",") return index;
    index = operator !== "" && "([{".includes(operator) ? afterBracket(source, index, end) : index + 1;
  }
  return end;
}

/** Comma-separated items of `from..end`; `other` if one is empty or it is a comprehension. */
function readItems(
  source: Source,
  from: number,
  end: number,
  depth: number,
): Pick<PythonSequence, "items" | "trailingComma"> | null {
  const items: PythonValue[] = [];
  let trailingComma: number | null = null;
  for (let index = from; index < end; ) {
    const comma = nextComma(source, index, end);
    if (comma === index) return null;
    for (let word = index; word < comma; word += 1) {
      const token = source.tokens[word];
      if (token?.kind === "name" && source.text.slice(token.start, token.end) === "for") return null;
    }
    items.push(readPythonValue(source, index, comma, depth + 1));
    trailingComma = comma < end ? (source.tokens[comma]?.start ?? null) : null;
    index = comma + 1;
  }
  return { items, trailingComma };
}

function readSingle(source: Source, token: PythonToken): PythonValue {
  const at = span(token.start, token.end);
  const word = source.text.slice(token.start, token.end);
  if (token.kind === "string" && token.value !== null) return { kind: "string", span: at, value: token.value };
  if (token.kind === "name" && (word === "True" || word === "False"))
    return { kind: "boolean", span: at, value: word === "True" };
  if (token.kind === "name" && word === "None") return { kind: "none", span: at };
  const value = token.kind === "number" ? Number(word) : Number.NaN;
  return Number.isNaN(value) ? { kind: "other", span: at } : { kind: "number", span: at, value };
}

/** The value that the tokens `from..end` write; `other` for all that is no literal, or list or tuple of values. */
export function readPythonValue(source: Source, from: number, end: number, depth: number): PythonValue {
  const first = source.tokens[from];
  const last = source.tokens[end - 1];
  if (first === undefined || last === undefined || from >= end) return { kind: "other", span: span(0, 0) };
  const at = span(first.start, last.end);
  const other: PythonValue = { kind: "other", span: at };
  if (depth > MAX_NESTING) return other;
  if (nextComma(source, from, end) < end && depth === 0) {
    const found = readItems(source, from, end, depth);
    return found === null ? other : { kind: "tuple", span: at, ...found, bracketed: false };
  }
  if (end - from === 1) return readSingle(source, first);
  const strings = source.tokens.slice(from, end);
  if (strings.every((token) => token.kind === "string" && token.value !== null)) {
    return { kind: "string", span: at, value: strings.map((token) => token.value ?? "").join("") };
  }
  const opener = operatorAt(source, from);
  if ((opener !== "[" && opener !== "(") || afterBracket(source, from, end) !== end) return other;
  const found = readItems(source, from + 1, end - 1, depth);
  if (found === null) return other;
  if (opener === "[") return { kind: "list", span: at, ...found, bracketed: true };
  if (found.items.length !== 1 || found.trailingComma !== null)
    return { kind: "tuple", span: at, ...found, bracketed: true };
  // Parentheses around one value are no tuple.
  const inner = found.items[0];
  return inner === undefined || inner.kind === "list" || inner.kind === "tuple" ? other : { ...inner, span: at };
}
