import { daemonByName, masterFieldAt } from "../reference/daemon.ts";
import { parameterByName } from "../reference/parameter.ts";
import { restrictionByName } from "../reference/restriction.ts";
import { tableTypeByName } from "../reference/table-type.ts";
import { parseMainCf } from "../syntax/main-cf/parse-main-cf.ts";
import { parseMasterCf } from "../syntax/master-cf/parse-master-cf.ts";
import { contains, type Span, span } from "../text/span.ts";
import type { Hover } from "./hover.ts";
import {
  daemonMarkdown,
  masterFieldMarkdown,
  parameterMarkdown,
  restrictionMarkdown,
  tableTypeMarkdown,
} from "./reference-markdown.ts";

/** What stands under an offset of main.cf: a parameter (defined or referred to), a restriction, a table type. */
export function mainCfHover(text: string, offset: number): Hover | null {
  for (const definition of parseMainCf(text).definitions) {
    if (!contains(definition.span, offset)) continue;
    if (contains(definition.nameSpan, offset)) return parameterHover(definition.name, definition.nameSpan);
    if (definition.pieces.some((piece) => contains(piece, offset))) return valueHover(text, definition.name, offset);
  }
  return null;
}

/** What stands under an offset of master.cf: a column, a program, a parameter of `-o`, or what its value names. */
export function masterCfHover(text: string, offset: number): Hover | null {
  for (const service of parseMasterCf(text).services) {
    if (!contains(service.span, offset)) continue;
    for (const [index, field] of service.fields.entries()) {
      if (!contains(field.span, offset)) continue;
      const daemon = field.field === "command" ? daemonByName(service.command) : null;
      const column = masterFieldAt(index);
      if (daemon !== null) return { markdown: daemonMarkdown(daemon), span: field.span };
      return column === null ? null : { markdown: masterFieldMarkdown(column), span: field.span };
    }
    for (const override of service.overrides) {
      if (contains(override.nameSpan, offset)) return parameterHover(override.name, override.nameSpan);
      if (contains(override.valueSpan, offset)) return valueHover(text, override.name, offset);
    }
  }
  return null;
}

function parameterHover(name: string, at: Span): Hover | null {
  const parameter = parameterByName(name);
  return parameter === null ? null : { markdown: parameterMarkdown(parameter), span: at };
}

function valueHover(text: string, parameter: string, offset: number): Hover | null {
  const at = nameAround(text, offset);
  const name = text.slice(at.start, at.end);
  if (name === "") return null;
  const referred = text[at.start - 1] === "$" || (text[at.start - 1] === "{" && text[at.start - 2] === "$");
  if (referred) return parameterHover(name, at);
  const type = text[at.end] === ":" ? tableTypeByName(name) : null;
  if (type !== null) return { markdown: tableTypeMarkdown(type), span: at };
  const takesRestrictions = parameterByName(parameter)?.acceptsRestrictionList ?? true;
  const restriction = takesRestrictions || name.includes("_") ? restrictionByName(name) : null;
  if (restriction !== null) return { markdown: restrictionMarkdown(restriction), span: at };
  return name.includes("_") ? parameterHover(name, at) : null;
}

/** The run of letters, digits and `_` around an offset. */
function nameAround(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && isNameCharacter(text[start - 1])) start -= 1;
  while (end < text.length && isNameCharacter(text[end])) end += 1;
  return span(start, end);
}

function isNameCharacter(character: string | undefined): boolean {
  if (character === undefined) return false;
  return (
    (character >= "a" && character <= "z") ||
    (character >= "A" && character <= "Z") ||
    (character >= "0" && character <= "9") ||
    character === "_"
  );
}
