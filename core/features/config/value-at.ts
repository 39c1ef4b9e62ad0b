import { lineStartAt } from "../../syntax/lines/line-at.ts";
import type { MainCf } from "../../syntax/main-cf/parse-main-cf.ts";
import type { MasterCf, MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { isSpaceCode, skipSpace } from "../../text/ascii.ts";
import type { ConfigContext } from "./context.ts";
import { type ValuePlace, valuePlace } from "./value-place.ts";

/** The value that an offset of main.cf or master.cf stands in, as far as it is written; null elsewhere. */
export function valueAt({ document }: ConfigContext, offset: number): ValuePlace | null {
  if (document.kind !== "main" && document.kind !== "master") return null;
  const place = document.kind === "main" ? mainPlace(document.tree, offset) : masterPlace(document.tree, offset);
  return place === null || place === "name" || !("parameter" in place) ? null : place;
}

/** Where in main.cf an offset stands: in a name at the start of a line, in a value, or in neither. */
export function mainPlace(tree: MainCf, offset: number): "name" | ValuePlace | null {
  const { text } = tree;
  const line = lineStartAt(text, offset);
  if (isInComment(text, line, offset)) return null;
  const isContinuation = line < offset && isSpaceCode(text.charCodeAt(line));
  const equals = text.slice(line, offset).indexOf("=");
  if (!isContinuation && equals === -1) return "name";
  const name = isContinuation
    ? nameAbove(tree, line)
    : { name: text.slice(line, line + equals).trim(), from: line + equals + 1 };
  if (name === null) return null;
  return valuePlace(text, name.from, offset, { parameter: name.name, service: null, takesBlanks: true });
}

function isInComment(text: string, line: number, offset: number): boolean {
  const first = skipSpace(text, line, offset);
  return text.charAt(first) === "#" && first < offset;
}

/** The definition that an indented line goes on with. */
function nameAbove(tree: MainCf, line: number): { readonly name: string; readonly from: number } | null {
  const above = tree.lines.nodes.findLast((node) => node.kind === "logical" && node.span.start < line);
  if (above?.kind !== "logical" || above.line.indented) return null;
  const { text } = above.line.joined;
  const equals = text.indexOf("=");
  const name = equals === -1 ? "" : text.slice(0, equals).trim();
  return name === "" ? null : { name, from: tree.text.indexOf("=", above.span.start) + 1 };
}

/** Where in an entry of master.cf an offset stands, outside the values of its options. */
export interface EntryPlace {
  readonly service: MasterService;
  /** Where the name behind a `-o` starts; null for columns and other arguments. */
  readonly optionFrom: number | null;
}

/** Where in master.cf an offset stands: in the value of an `-o`, elsewhere in an entry, or in none. */
export function masterPlace(tree: MasterCf, offset: number): ValuePlace | EntryPlace | null {
  const { text } = tree;
  const line = lineStartAt(text, offset);
  if (isInComment(text, line, offset)) return null;
  const service = serviceAt(tree, line, offset);
  if (service === null) return null;
  const option = optionBefore(text, service.span.start, offset);
  if (option === null || option.equals === null) return { service, optionFrom: option?.from ?? null };
  const where = { parameter: option.name, service, takesBlanks: option.isBraced };
  return valuePlace(text, option.equals + 1, offset, where);
}

/** The entry that the cursor's line is, or goes on with. */
function serviceAt(tree: MasterCf, line: number, offset: number): MasterService | null {
  const isContinuation = isSpaceCode(tree.text.charCodeAt(line)) && line < offset;
  const above = tree.services.findLast((service) => service.span.start <= line);
  if (above === undefined) return null;
  return isContinuation || above.span.start === line ? above : null;
}

interface Option {
  /** Where the name starts. */
  readonly from: number;
  readonly name: string;
  /** Offset of the `=`; null while it is not written. */
  readonly equals: number | null;
  readonly isBraced: boolean;
}

/** The `-o` whose argument the cursor stands in. */
function optionBefore(text: string, from: number, offset: number): Option | null {
  const before = text.slice(from, offset);
  const brace = before.lastIndexOf("{");
  const isBraced = brace > before.lastIndexOf("}") && endsInOption(before.slice(0, brace));
  let start = isBraced ? skipSpace(text, from + brace + 1, offset) : offset;
  if (!isBraced) while (start > from && !isSpaceCode(text.charCodeAt(start - 1))) start -= 1;
  const joined = !isBraced && text.startsWith("-o", start) && start + 2 <= offset;
  if (!isBraced && !joined && !endsInOption(text.slice(from, start))) return null;
  if (joined) start += 2;
  const equals = text.slice(start, offset).indexOf("=");
  const name = equals === -1 ? text.slice(start, offset) : text.slice(start, start + equals);
  return { from: start, name: name.trim(), equals: equals === -1 ? null : start + equals, isBraced };
}

function endsInOption(before: string): boolean {
  const trimmed = before.trimEnd();
  if (trimmed.length === before.length || !trimmed.endsWith("-o")) return false;
  return trimmed.length === 2 || isSpaceCode(trimmed.charCodeAt(trimmed.length - 3));
}
