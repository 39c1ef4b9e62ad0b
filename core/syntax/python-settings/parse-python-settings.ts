import { indexLines, type LineIndex } from "../../text/line-index.ts";
import { type Span, span } from "../../text/span.ts";
import { isSecretSetting } from "../table/parse-client-config.ts";
import type { PythonAssignment, PythonProblem, PythonSettings } from "./python-node.ts";
import { type PythonToken, pythonTokens } from "./python-tokens.ts";
import { readPythonValue } from "./python-value.ts";

export type { PythonAssignment, PythonProblem, PythonSequence, PythonSettings, PythonValue } from "./python-node.ts";

interface Reading {
  readonly text: string;
  readonly lines: LineIndex;
  readonly assignments: PythonAssignment[];
  readonly problems: PythonProblem[];
  defaultsImport: Span | null;
}

const DEFAULTS_MODULE = "libs.default_settings";
/** `==`, `<=`, `!=` … compare; `:=` and the other augmented forms change a name. */
const NO_ASSIGNMENT = "=!<>";

function wordOf(reading: Reading, token: PythonToken | undefined): string {
  return token === undefined ? "" : reading.text.slice(token.start, token.end);
}

function lineOf(reading: Reading, offset: number): number {
  return reading.lines.positionAt(offset).line + 1;
}

function unclear(reading: Reading, token: PythonToken, name: string | null): void {
  const at = span(token.start, token.end);
  reading.problems.push({ kind: "unclear-assignment", span: at, line: lineOf(reading, token.start), name });
}

/** Index of the first single `=` outside of brackets, or -1. */
function assignmentSign(reading: Reading, tokens: readonly PythonToken[], from: number): number {
  let depth = 0;
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index];
    const word = wordOf(reading, token);
    if (token?.kind !== "operator") continue;
    if ("([{".includes(word)) depth += 1;
    else if (")]}".includes(word)) depth -= 1;
    else if (word === "=" && depth === 0 && !isComparison(reading, token)) return index;
  }
  return -1;
}

function isComparison(reading: Reading, token: PythonToken): boolean {
  return reading.text.charAt(token.end) === "=" || NO_ASSIGNMENT.includes(reading.text.charAt(token.start - 1) || " ");
}

/** One statement at the top level, `;` and line break excluded. */
function readStatement(reading: Reading, tokens: readonly PythonToken[]): void {
  const [first, second] = tokens;
  if (first === undefined) return;
  const word = wordOf(reading, first);
  if (word === "from" || word === "import") {
    readImport(reading, first, tokens);
    return;
  }
  const sign = assignmentSign(reading, tokens, 0);
  if (first.kind === "name" && !first.indented && sign !== -1 && isPlainTarget(reading, tokens, sign)) {
    const last = tokens.at(-1) ?? first;
    const chained = assignmentSign(reading, tokens, sign + 1) !== -1;
    const value = chained
      ? ({ kind: "other", span: span(tokens[sign]?.end ?? last.end, last.end) } as const)
      : readPythonValue({ text: reading.text, tokens }, sign + 1, tokens.length, 0);
    if (chained)
      for (const token of tokens.slice(sign))
        if (token.kind === "name") unclear(reading, token, wordOf(reading, token));
    const operator = wordOf(reading, tokens[sign - 1]) === "+" ? "+=" : "=";
    const at = span(first.start, last.end);
    const nameSpan = span(first.start, first.end);
    reading.assignments.push({ name: word, nameSpan, operator, value, line: lineOf(reading, first.start), span: at });
    return;
  }
  // Anything else may change what it names: NAME.append(…), NAME[0] = …, A, B = …, if …: NAME = …, exec(…).
  const changes =
    sign !== -1 ||
    first.indented ||
    wordOf(reading, second) === "." ||
    wordOf(reading, second) === "[" ||
    word === "del";
  if (!changes && wordOf(reading, tokens.at(-1)) === ":") return;
  for (const token of tokens) if (token.kind === "name") unclear(reading, token, wordOf(reading, token));
}

/** `NAME =`, `NAME +=` or `NAME: type =`. */
function isPlainTarget(reading: Reading, tokens: readonly PythonToken[], sign: number): boolean {
  const second = wordOf(reading, tokens[1]);
  return sign === 1 || (sign === 2 && second === "+") || second === ":";
}

function readImport(reading: Reading, first: PythonToken, tokens: readonly PythonToken[]): void {
  const last = tokens.at(-1) ?? first;
  if (wordOf(reading, last) !== "*") return;
  const module = tokens
    .slice(1, -2)
    .map((token) => wordOf(reading, token))
    .join("");
  if (module === DEFAULTS_MODULE && !first.indented) reading.defaultsImport = span(first.start, last.end);
  else unclear(reading, first, null);
}

/** Brackets that do not pair up and strings that do not end: the file cannot be read beyond them. */
function checkBrackets(reading: Reading, tokens: readonly PythonToken[]): void {
  const open: PythonToken[] = [];
  const report = (kind: PythonProblem["kind"], token: PythonToken): void => {
    const at = span(token.start, token.end);
    reading.problems.push({ kind, span: at, line: lineOf(reading, token.start), name: null });
  };
  for (const token of tokens) {
    const word = token.kind === "operator" ? wordOf(reading, token) : "";
    if (token.kind === "unclosed-string") report("unclosed-string", token);
    if (word === "(" || word === "[" || word === "{") open.push(token);
    if (word !== ")" && word !== "]" && word !== "}") continue;
    const opener = open.pop();
    const pair = opener === undefined ? "" : wordOf(reading, opener) + word;
    if (pair !== "()" && pair !== "[]" && pair !== "{}") report("unexpected-bracket", token);
  }
  const last = open.at(-1);
  if (last !== undefined) report("unclosed-bracket", last);
}

/** Read the top-level assignments of a Python settings file, line by line and bracket by bracket. Nothing is ever run. */
export function parsePythonSettings(text: string): PythonSettings {
  const reading: Reading = { text, lines: indexLines(text), assignments: [], problems: [], defaultsImport: null };
  const tokens = pythonTokens(text);
  checkBrackets(reading, tokens);
  let statement: PythonToken[] = [];
  let depth = 0;
  for (const token of tokens) {
    const word = token.kind === "operator" ? wordOf(reading, token) : "";
    if (word === "(" || word === "[" || word === "{") depth += 1;
    else if (word === ")" || word === "]" || word === "}") depth = Math.max(0, depth - 1);
    if (token.kind === "newline" || (word === ";" && depth === 0)) {
      readStatement(reading, statement);
      statement = [];
    } else {
      statement.push(token);
    }
  }
  readStatement(reading, statement);
  const secretSpans = reading.assignments
    .filter((assignment) => isSecretSetting(assignment.name))
    .map((assignment) => assignment.value.span);
  const { assignments, defaultsImport, problems } = reading;
  return { text, assignments, defaultsImport, secretSpans, problems };
}

/** The text a tree was parsed from: statements and what stands between them. */
export function printPythonSettings(tree: PythonSettings): string {
  let result = "";
  let done = 0;
  for (const { span: at } of tree.assignments) {
    result += tree.text.slice(done, at.start) + tree.text.slice(at.start, at.end);
    done = at.end;
  }
  return result + tree.text.slice(done);
}

/** The assignment that counts: the last one below the import of the defaults; null if there is none. */
export function effectiveAssignment(tree: PythonSettings, name: string): PythonAssignment | null {
  const from = tree.defaultsImport?.end ?? 0;
  return tree.assignments.findLast((assignment) => assignment.name === name && assignment.span.start >= from) ?? null;
}
