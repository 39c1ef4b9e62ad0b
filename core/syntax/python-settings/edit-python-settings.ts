import { isAlnumCode, isDigitCode, skipSpace } from "../../text/ascii.ts";
import { type EditResult, edited, refused } from "../../text/edit-result.ts";
import { type Span, span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import { lineBreakOf } from "../../text/writable-text.ts";
import { isFirstOnLine, lineFeedAt, lineStartAt } from "../lines/line-at.ts";
import { effectiveAssignment } from "./parse-python-settings.ts";
import type { PythonAssignment, PythonSequence, PythonSettings } from "./python-node.ts";
import { quotePythonString } from "./python-string.ts";

function isName(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (!isAlnumCode(code) && code !== 95) return false;
  }
  return name !== "" && !isDigitCode(name.charCodeAt(0));
}

/** What keeps us from knowing the name's value at the end of the file, or null. */
function obstacle(tree: PythonSettings, name: string, assignment: PythonAssignment | null): Span | null {
  const from = assignment?.span.start ?? tree.defaultsImport?.end ?? 0;
  const found = tree.problems.find((problem) => {
    if (problem.kind !== "unclear-assignment") return true;
    if (problem.span.start < from) return false;
    return problem.name === name || (problem.name === null && assignment !== null);
  });
  return found?.span ?? null;
}

/** A new statement at the end of the file, where nothing can overwrite it. */
function append(tree: PythonSettings, statement: string): EditResult {
  const { text } = tree;
  const eol = lineBreakOf(text);
  const lead = text === "" || text.endsWith("\n") ? "" : eol;
  const lastLine = text.slice(lineStartAt(text, text.trimEnd().length));
  // A backslash would take our line for its own.
  if (lastLine.trimEnd().endsWith("\\")) return refused("not-understood");
  return edited({ span: span(text.length, text.length), newText: lead + statement + eol });
}

/** The assignments that together make the list: the last `=` and the `+=` behind it. */
function contributions(tree: PythonSettings, name: string, last: PythonAssignment): readonly PythonAssignment[] {
  const from = tree.defaultsImport?.end ?? 0;
  const all = tree.assignments.filter((other) => other.name === name && other.span.start >= from);
  const start = all.findLastIndex((other) => other.operator === "=" && other.span.start <= last.span.start);
  return all.slice(Math.max(0, start));
}

/** The indentation of the line on which `at` is the first thing, or null. */
function indentOf(text: string, at: number): string | null {
  return isFirstOnLine(text, at) ? text.slice(lineStartAt(text, at), at) : null;
}

function addItem(text: string, list: PythonSequence, literal: string): readonly TextEdit[] {
  const last = list.items.at(-1);
  const insert = (at: number, newText: string): TextEdit => ({ span: span(at, at), newText });
  if (last === undefined) return [insert(list.span.start + 1, list.kind === "tuple" ? `${literal},` : literal)];
  const indent = indentOf(text, last.span.start);
  const afterItem = list.trailingComma === null ? last.span.end : list.trailingComma + 1;
  const feed = lineFeedAt(text, afterItem);
  const rest = skipSpace(text, afterItem, feed);
  const endsLine = rest === feed || text.charAt(rest) === "#";
  if (!list.bracketed || indent === null || !endsLine) {
    return list.trailingComma === null ? [insert(last.span.end, `, ${literal}`)] : [insert(afterItem, ` ${literal}`)];
  }
  const lineEnd = text.charAt(feed - 1) === "\r" ? feed - 1 : feed;
  const line = `${lineBreakOf(text)}${indent}${literal}`;
  return list.trailingComma === null
    ? [insert(last.span.end, ","), insert(lineEnd, line)]
    : [insert(lineEnd, `${line},`)];
}

/**
 * Add a string to a list setting: into its effective assignment, else as a new assignment at the end of the file (below the import
 * of the defaults, which it then replaces). No edits if the string is already in it; refused where the list is not a plain one.
 */
export function addToList(tree: PythonSettings, name: string, item: string): EditResult {
  if (!isName(name)) return refused("unsafe-text");
  const literal = quotePythonString(item);
  const assignment = effectiveAssignment(tree, name);
  const blocked = obstacle(tree, name, assignment);
  if (blocked !== null) return refused("not-understood", blocked);
  if (assignment === null) return append(tree, `${name} = [${literal}]`);
  const { value } = assignment;
  if (value.kind !== "list" && value.kind !== "tuple") return refused("not-understood", value.span);
  for (const part of contributions(tree, name, assignment)) {
    if (part.value.kind !== "list" && part.value.kind !== "tuple") continue;
    if (part.value.items.some((other) => other.kind === "string" && other.value === item)) return edited();
  }
  return { ok: true, edits: addItem(tree.text, value, literal) };
}

/** Set a boolean setting: in its effective assignment, else as a new one at the end. No edits if it is already so. */
export function setBoolean(tree: PythonSettings, name: string, value: boolean): EditResult {
  if (!isName(name)) return refused("unsafe-text");
  const word = value ? "True" : "False";
  const assignment = effectiveAssignment(tree, name);
  const blocked = obstacle(tree, name, assignment);
  if (blocked !== null) return refused("not-understood", blocked);
  if (assignment === null) return append(tree, `${name} = ${word}`);
  const current = assignment.value;
  if (
    assignment.operator === "+=" ||
    (current.kind !== "boolean" && current.kind !== "none" && current.kind !== "number")
  ) {
    return refused("not-understood", current.span);
  }
  if (current.kind === "boolean" && current.value === value) return edited();
  return edited({ span: current.span, newText: word });
}
