import { isAlnumCode, isSpaceCode, skipSpace, trimAscii } from "../../text/ascii.ts";
import { type EditResult, edited, refused } from "../../text/edit-result.ts";
import { span } from "../../text/span.ts";
import { applyEdits, type TextEdit } from "../../text/text-edit.ts";
import { isWritableLine, lineBreakOf } from "../../text/writable-text.ts";
import { joinedText } from "../lines/joined-text.ts";
import { isFirstOnLine, lineOrPiece } from "../lines/line-at.ts";
import { visiblePieces } from "../lines/visible-pieces.ts";
import { cutLine, listLines } from "../value/cut-elements.ts";
import { insertIntoList, isListText, replaceInList } from "../value/insert-into-list.ts";
import { splitList } from "../value/list.ts";
import { removeFromList } from "../value/remove-from-list.ts";
import { isWellBraced } from "./master-word.ts";
import {
  effectiveOverride,
  type MasterCf,
  type MasterService,
  type Override,
  parseMasterCf,
} from "./parse-master-cf.ts";

function hasBlank(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (isSpaceCode(text.charCodeAt(at))) return true;
  return false;
}

/** A name that `-o name=…` takes for this name. */
function isOverrideName(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (!isAlnumCode(code) && code !== 95 && !(at > 0 && (code === 45 || code === 46))) return false;
  }
  return name !== "";
}

/** Braces group in master.cf: an odd one would swallow what follows. */
function isOverrideValue(value: string): boolean {
  if (!isWritableLine(value)) return false;
  let depth = 0;
  for (const char of value) {
    if (char === "{") depth += 1;
    else if (char === "}") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** One argument for `-o`: bare, or in braces where the value has blanks (Postfix 3.0). */
function argumentFor(name: string, value: string): string {
  return hasBlank(value) ? `{ ${name} = ${value} }` : `${name}=${value}`;
}

/** A NUL hides the rest of an entry and an odd brace swallows it: what an edit would do there cannot be told. */
function isReadable(service: MasterService): boolean {
  if (service.joined.text.includes("\0")) return false;
  return service.arguments.every((word) => isWellBraced(service.joined.text, word));
}

function isReadableOverride(tree: MasterCf, override: Override): boolean {
  const service = tree.services.find((candidate) => candidate.overrides.includes(override));
  return service !== undefined && isReadable(service) && isOverrideName(override.name);
}

/** Change the override that counts, or add one on a line of its own after the service's other options. */
export function setOverride(tree: MasterCf, service: MasterService, name: string, value: string): EditResult {
  const wanted = trimAscii(value);
  if (!isOverrideName(name) || !isOverrideValue(wanted)) return refused("unsafe-text");
  const override = effectiveOverride(service, name);
  if (override !== null) return replaceOverrideValue(tree, override, wanted);
  const command = service.fields[7];
  if (command === undefined || !isReadable(service)) return refused("not-understood", service.span);
  const after = service.arguments[service.optionCount - 1] ?? command;
  const at = after.span.end;
  const indent = optionIndent(tree.text, service);
  const edit = { span: span(at, at), newText: `${lineBreakOf(tree.text)}${indent}-o ${argumentFor(name, wanted)}` };
  // An option before it that lacks its value would take ours for it: look whether the result says what it should.
  const result = parseMasterCf(applyEdits(tree.text, [edit]));
  const changed = result.services[tree.services.indexOf(service)];
  if (changed === undefined || effectiveOverride(changed, name)?.value !== wanted)
    return refused("not-understood", service.span);
  return edited(edit);
}

/** The indentation of the entry's continuation lines. */
function optionIndent(source: string, service: MasterService): string {
  const piece = service.joined.pieces[1];
  return piece === undefined
    ? "  "
    : source.slice(piece.span.start, skipSpace(source, piece.span.start, piece.span.end));
}

/** Remove every override of that name. A physical line that held nothing else goes as a whole. */
export function removeOverride(tree: MasterCf, service: MasterService, name: string): EditResult {
  if (!isReadable(service)) return refused("not-understood", service.span);
  const removed = new Set<number>();
  const words = [...service.fields, ...service.arguments];
  for (const override of service.overrides) {
    if (override.name !== name) continue;
    for (let index = 0; index < override.argumentCount; index += 1) {
      removed.add(service.fields.length + override.argumentIndex + index);
    }
  }
  if (removed.size === 0) return refused("not-found");
  const edits: TextEdit[] = [];
  for (const line of listLines(service.joined, words, removed)) {
    const cuts = cutLine(tree.text, line);
    if (cuts === null) return refused("not-understood", line.value);
    for (const cut of cuts) edits.push({ span: cut, newText: "" });
  }
  return { ok: true, edits };
}

/** Replace one override's value; a bare one gets braces if the new value has blanks. */
function replaceOverrideValue(tree: MasterCf, override: Override, value: string): EditResult {
  const wanted = trimAscii(value);
  if (!isOverrideValue(wanted)) return refused("unsafe-text");
  if (!isReadableOverride(tree, override)) return refused("not-understood", override.span);
  if (override.value === wanted) return edited();
  if (override.form !== "braced") {
    if (!hasBlank(wanted)) return edited({ span: override.valueSpan, newText: wanted });
    const whole = span(override.nameSpan.start, override.valueSpan.end);
    const newText = `${override.form === "joined" ? " " : ""}{ ${override.name} = ${wanted} }`;
    return edited({ span: whole, newText });
  }
  const [first, ...rest] = visiblePieces(override.valueText);
  if (first === undefined) return edited({ span: override.valueSpan, newText: wanted === "" ? "" : ` ${wanted}` });
  if (wanted.startsWith("#") && isFirstOnLine(tree.text, first.start)) return refused("unsafe-text", first);
  const edits: TextEdit[] = [{ span: wanted === "" ? lineOrPiece(tree.text, first) : first, newText: wanted }];
  for (const piece of rest) edits.push({ span: lineOrPiece(tree.text, piece), newText: "" });
  return { ok: true, edits };
}

/** Remove list elements of an override's value; a list that becomes empty leaves `-o name=`. */
export function removeOverrideElements(tree: MasterCf, override: Override, indexes: readonly number[]): EditResult {
  if (!isReadableOverride(tree, override)) return refused("not-understood", override.span);
  return removeFromList(tree.text, override.valueText, indexes);
}

/** Replace one list element of an override's value. */
export function replaceOverrideElement(tree: MasterCf, override: Override, index: number, text: string): EditResult {
  if (!isListText(text) || !isOverrideValue(text)) return refused("unsafe-text");
  if (!isReadableOverride(tree, override)) return refused("not-understood", override.span);
  if (override.form === "braced" || !hasBlank(text)) return replaceInList(tree.text, override.valueText, index, text);
  const texts = splitList(override.valueText).elements.map((element) => element.text);
  if (texts[index] === undefined) return refused("not-found");
  texts[index] = text;
  return replaceOverrideValue(tree, override, bareList(texts));
}

/** Insert one element, or a restriction with its argument, before or after an element of an override's list value. */
export function insertOverrideElement(
  tree: MasterCf,
  override: Override,
  where: "before" | "after",
  index: number,
  text: string,
): EditResult {
  if (!isListText(text) || !isOverrideValue(text)) return refused("unsafe-text");
  if (!isReadableOverride(tree, override)) return refused("not-understood", override.span);
  if (override.form === "braced") return insertIntoList(tree.text, override.valueText, where, index, text);
  const { elements, problems } = splitList(override.valueText);
  if (problems.some((problem) => problem.kind === "unbalanced-brace")) return refused("not-understood");
  const element = elements[index];
  if (elements.length > 0 && element === undefined) return refused("not-found");
  const compact = bareList([text]);
  if (element !== undefined && !hasBlank(compact)) {
    const at = where === "before" ? element.span.start : element.span.end;
    return edited({ span: span(at, at), newText: where === "before" ? `${compact},` : `,${compact}` });
  }
  const texts = elements.map((other) => other.text);
  texts.splice(where === "before" ? index : index + 1, 0, text);
  return replaceOverrideValue(tree, override, bareList(texts));
}

/** A list without blanks where that is possible: between elements a comma says the same. */
function bareList(texts: readonly string[]): string {
  const elements = texts.flatMap((text) => splitList(joinedText(text)).elements.map((element) => element.text));
  return elements.join(elements.some(hasBlank) ? ", " : ",");
}
