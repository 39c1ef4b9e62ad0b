import { isSpaceCode, trimAscii } from "../../text/ascii.ts";
import { type EditResult, edited, refused } from "../../text/edit-result.ts";
import { span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import { isWritableLine, lineBreakOf } from "../../text/writable-text.ts";
import { lineAt, lineOrPiece, lineStartAt } from "../lines/line-at.ts";
import { insertIntoList, replaceInList, spaceAfterEquals } from "../value/insert-into-list.ts";
import { removeFromList } from "../value/remove-from-list.ts";
import { type Definition, effectiveDefinition, type MainCf } from "./parse-main-cf.ts";

/** A name that reads back as this name: no blank, no `=`, no comment sign in front, nothing that is not one line. */
function isParameterName(name: string): boolean {
  if (name === "" || name.startsWith("#") || name.includes("=") || !isWritableLine(name)) return false;
  for (let at = 0; at < name.length; at += 1) if (isSpaceCode(name.charCodeAt(at))) return false;
  return true;
}

/** NUL ends the line for Postfix; what stands behind it would stay and is not ours to judge. */
function isReadable(tree: MainCf, definition: Definition): boolean {
  return !tree.text.slice(definition.span.start, definition.span.end).includes("\0");
}

/** One value on one line; the other lines of the old value go, comments between them stay. */
function replaceValue(tree: MainCf, definition: Definition, value: string): readonly TextEdit[] {
  const [first, ...rest] = definition.pieces;
  if (first === undefined) {
    const at = definition.valueSpan.start;
    const blank = tree.text.charAt(at);
    if (blank === " " || blank === "\t") return [{ span: span(at + 1, at + 1), newText: value }];
    return [{ span: definition.valueSpan, newText: spaceAfterEquals(tree.text, at) + value }];
  }
  return [
    { span: first, newText: value },
    ...rest.map((piece) => ({ span: lineAt(tree.text, piece.start), newText: "" })),
  ];
}

function emptyValue(tree: MainCf, definition: Definition): readonly TextEdit[] {
  return definition.pieces.map((piece) => ({ span: lineOrPiece(tree.text, piece), newText: "" }));
}

/** Change the definition that counts, or append one at the end. The value is one line; control characters are refused. */
export function setParameter(tree: MainCf, name: string, value: string): EditResult {
  if (!isParameterName(name) || !isWritableLine(value)) return refused("unsafe-text");
  const wanted = trimAscii(value);
  const definition = effectiveDefinition(tree, name);
  if (definition === null) {
    const eol = lineBreakOf(tree.text);
    const at = tree.text.length;
    const lead = at === 0 || tree.text.endsWith("\n") ? "" : eol;
    const line = wanted === "" ? `${name} =` : `${name} = ${wanted}`;
    return edited({ span: span(at, at), newText: lead + line + eol });
  }
  if (!isReadable(tree, definition)) return refused("not-understood", definition.span);
  if (definition.value === wanted) return edited();
  // A value may start a continuation line of its own, where a `#` would make it a comment.
  const first = definition.pieces[0];
  if (
    wanted.startsWith("#") &&
    first !== undefined &&
    lineStartAt(tree.text, first.start) > definition.nameSpan.start
  ) {
    return refused("unsafe-text", first);
  }
  return { ok: true, edits: wanted === "" ? emptyValue(tree, definition) : replaceValue(tree, definition, wanted) };
}

/** Remove every definition of the name, each with its logical line (comments in between stay). */
export function removeParameter(tree: MainCf, name: string): EditResult {
  const edits: TextEdit[] = [];
  for (const definition of tree.definitions) {
    if (definition.name !== name) continue;
    for (const line of definition.logical.lines) {
      if (line.kind === "text") edits.push({ span: line.span, newText: "" });
    }
  }
  return edits.length === 0 ? refused("not-found") : { ok: true, edits };
}

/** Replace one list element (index as `splitList(definition.valueText)` counts). */
export function replaceElement(tree: MainCf, definition: Definition, index: number, text: string): EditResult {
  if (!isReadable(tree, definition)) return refused("not-understood", definition.span);
  return replaceInList(tree.text, definition.valueText, index, text);
}

/** Remove list elements with their separators; neighbours never glue, an emptied list leaves `name =`. */
export function removeElements(tree: MainCf, definition: Definition, indexes: readonly number[]): EditResult {
  if (!isReadable(tree, definition)) return refused("not-understood", definition.span);
  return removeFromList(tree.text, definition.valueText, indexes);
}

/**
 * Insert one element (or a restriction with its argument) before or after an element, in the list's own style. In an empty list the
 * index is ignored.
 */
export function insertElement(
  tree: MainCf,
  definition: Definition,
  where: "before" | "after",
  index: number,
  text: string,
): EditResult {
  if (!isReadable(tree, definition)) return refused("not-understood", definition.span);
  return insertIntoList(tree.text, definition.valueText, where, index, text);
}
