import { parameterByName } from "../../reference/parameter.ts";
import type { Definition, MainCf } from "../../syntax/main-cf/parse-main-cf.ts";
import { skipSpace } from "../../text/ascii.ts";
import { span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import type { FormatStyle } from "./format-style.ts";

/** Postfix's own files indent so. */
const INDENT = "    ";
/** A name longer than this is not waited for: the others would stand too far to the right. */
const WIDEST = 40;

/** Kinds whose value is a list: blanks between its words are as good as one. */
const LISTS: ReadonlySet<string> = new Set([
  "address_match_list",
  "client_acl",
  "dnsbl_sites",
  "domain_list",
  "domain_pattern_list",
  "enum_list",
  "interface_list",
  "maps",
  "maps_header_checks",
  "milter_list",
  "postscreen_acl",
  "restriction_class_names",
  "restriction_list",
  "string_match_list",
  "table_list",
  "user_match_list",
]);

/** Blanks around `=` and before continuation lines, in main.cf and in files of its syntax. */
export function formatParameters(tree: MainCf, style: FormatStyle, isMain: boolean): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const block of blocksOf(tree)) {
    const fitting = block.filter((one) => one.name.length <= WIDEST && isBeside(tree.text, one));
    const width = style === "flat" ? 0 : Math.max(0, ...fitting.map(({ name }) => name.length));
    for (const definition of block) {
      edits.push(...aroundEquals(tree.text, definition, isBeside(tree.text, definition) ? width : 0));
      if (isMain && isList(definition.name)) edits.push(...continuations(tree.text, definition));
    }
  }
  return edits;
}

/** Definitions without a comment, a blank line or anything else between them. */
function blocksOf(tree: MainCf): readonly (readonly Definition[])[] {
  const blocks: Definition[][] = [];
  let last = -1;
  for (const definition of tree.definitions) {
    if (definition.logical.joined.text.includes("\0")) continue;
    if (definition.span.start !== last) blocks.push([]);
    blocks.at(-1)?.push(definition);
    last = definition.span.end;
  }
  return blocks;
}

/** Whether the value starts on the line of its name: one that starts below it has no column to share. */
function isBeside(text: string, { nameSpan, valueSpan, value }: Definition): boolean {
  return value === "" || !text.slice(nameSpan.end, valueSpan.start).includes("\n");
}

function aroundEquals(
  text: string,
  { nameSpan, valueSpan, value, span: whole }: Definition,
  width: number,
): readonly TextEdit[] {
  const equals = text.indexOf("=", nameSpan.end);
  // The name and its `=` may stand on different lines.
  if (equals === -1 || equals >= whole.end || text.slice(nameSpan.end, equals).includes("\n")) return [];
  const length = nameSpan.end - nameSpan.start;
  const gap = " ".repeat(Math.max(0, width - length) + 1);
  const before = { span: span(nameSpan.end, equals), newText: gap };
  if (value === "") return [before];
  const isSameLine = !text.slice(equals, valueSpan.start).includes("\n");
  return isSameLine ? [before, { span: span(equals + 1, valueSpan.start), newText: " " }] : [before];
}

function isList(name: string): boolean {
  const parameter = parameterByName(name);
  return parameter !== null && (parameter.acceptsRestrictionList || LISTS.has(parameter.kind ?? ""));
}

/** The indentation of a list's further lines, where no brace is open: inside of one a blank may be text. */
function continuations(text: string, { logical, valueText }: Definition): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const from = valueText.pieces[0]?.span.start ?? Number.POSITIVE_INFINITY;
  let braces = 0;
  let parentheses = 0;
  for (const [index, line] of logical.lines.entries()) {
    if (line.kind !== "text") continue;
    const start = line.span.start;
    if (index > 0 && braces === 0 && parentheses === 0 && line.content.end > from - 1) {
      const first = skipSpace(text, start, line.content.end);
      edits.push({ span: span(start, first), newText: INDENT });
    }
    for (let at = start; at < line.content.end; at += 1) {
      const c = text.charAt(at);
      if (c === "{") braces += 1;
      else if (c === "}") braces = Math.max(0, braces - 1);
      else if (c === "(") parentheses += 1;
      else if (c === ")") parentheses = Math.max(0, parentheses - 1);
    }
  }
  return edits;
}
