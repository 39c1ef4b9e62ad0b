import { effectiveValue } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { restrictionClasses } from "../../model/restrictions.ts";
import { parameterByName } from "../../reference/parameter.ts";
import { restrictionByName } from "../../reference/restriction.ts";
import { documentSpan, type JoinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { macroReferences, parseMacros } from "../../syntax/value/macro.ts";
import { parseRestrictionList } from "../../syntax/value/restriction-list.ts";
import { type Span, span } from "../../text/span.ts";
import { tableMentions } from "./table-mentions.ts";
import { tablePath } from "./table-uses.ts";
import { isNameCode } from "./value-place.ts";
import { valueUse } from "./value-use.ts";
import type { WrittenValue } from "./written-values.ts";

/** What a name in a configuration stands for. A restriction class is the parameter that holds its restrictions. */
export interface ConfigSymbol {
  readonly kind: "parameter" | "restriction" | "table" | "service" | "table-type";
  /** A table's is its path here, or else `type:name` as written. */
  readonly name: string;
}

/** A place in one file that names a symbol. */
export interface SymbolAt {
  readonly symbol: ConfigSymbol;
  readonly span: Span;
  readonly isDefinition: boolean;
}

export function sameSymbol(a: ConfigSymbol, b: ConfigSymbol): boolean {
  return a.kind === b.kind && a.name === b.name;
}

/** All that a value names: `$references`, restrictions and classes, tables, services. In no order. */
function symbolsInValue(server: MailServer, where: WrittenValue): readonly SymbolAt[] {
  const found: SymbolAt[] = [];
  const add = (kind: ConfigSymbol["kind"], name: string, at: Span): void => {
    found.push({ symbol: { kind, name }, span: at, isDefinition: false });
  };
  const { value, parameter } = where;
  if (value.text === "") return [];
  if (value.text.includes("$")) {
    for (const { name, nameSpan } of macroReferences(parseMacros(value).nodes)) add("parameter", name, nameSpan);
  }
  for (const mention of tableMentions(value)) {
    add("table-type", mention.type, mention.typeSpan);
    add("table", tablePath(server, mention, where) ?? `${mention.type}:${mention.name}`, mention.nameSpan);
  }
  for (const { name, span: at } of sockets(value)) add("service", name, at);
  switch (valueUse(server, parameter)) {
    case "restrictions": {
      const classes = restrictionClasses(server, where.service);
      for (const item of parseRestrictionList(value).items) {
        if (item.warnIfReject !== null) add("restriction", "warn_if_reject", item.warnIfReject.span);
        if (item.kind === "restriction") add("restriction", item.name, item.nameSpan);
        else if (item.kind === "other" && classes.has(item.name)) add("parameter", item.name, item.nameSpan);
      }
      break;
    }
    case "classes":
      for (const { content, contentSpan } of splitList(value).elements) {
        if (!content.includes("$")) add("parameter", content, contentSpan);
      }
      break;
    case "transport":
    case "service":
      for (const { content, to } of splitList(value).elements) {
        const colon = content.indexOf(":");
        const name = colon === -1 ? content : content.slice(0, colon);
        const from = to - content.length;
        if (name !== "" && !name.includes("$")) add("service", name, documentSpan(value, from, from + name.length));
      }
      break;
    default:
  }
  return found;
}

/** The services that are named by their sockets: `unix:private/policy`. */
function sockets(value: JoinedText): readonly { readonly name: string; readonly span: Span }[] {
  const found: { name: string; span: Span }[] = [];
  for (const folder of ["private/", "public/"]) {
    for (let at = value.text.indexOf(folder); at !== -1; at = value.text.indexOf(folder, at + 1)) {
      if (at > 0 && !" \t\n\r,:{=".includes(value.text.charAt(at - 1))) continue;
      const from = at + folder.length;
      let end = from;
      while (end < value.text.length && isServiceCode(value.text.charCodeAt(end))) end += 1;
      if (end > from) found.push({ name: value.text.slice(from, end), span: documentSpan(value, from, end) });
    }
  }
  return found;
}

/** Letters, digits, `_`, `-` and `.`: what the names of services are made of. */
export function isServiceCode(code: number): boolean {
  return isNameCode(code) || code === 45 || code === 46;
}

/** The name of a value and all that the value names. The prefix of a per-service name stands for the service. */
export function symbolsOfValue(server: MailServer, where: WrittenValue): readonly SymbolAt[] {
  const { parameter, nameSpan } = where;
  const found: SymbolAt[] = [
    { symbol: { kind: "parameter", name: parameter }, span: nameSpan, isDefinition: true },
    ...symbolsInValue(server, where),
  ];
  const service = parameterByName(parameter)?.template?.service ?? null;
  if (service !== null) {
    const at = span(nameSpan.start, nameSpan.start + service.length);
    found.push({ symbol: { kind: "service", name: service }, span: at, isDefinition: false });
  }
  return found;
}

/** Words of a table's right-hand side, for roles that name restrictions or services. */
export function wordsOfRow(value: JoinedText): readonly { readonly word: string; readonly span: Span }[] {
  const { text } = value;
  const words: { word: string; span: Span }[] = [];
  for (let at = 0; at < text.length; ) {
    let end = at;
    while (end < text.length && isNameCode(text.charCodeAt(end))) end += 1;
    if (end > at) while (end < text.length && isServiceCode(text.charCodeAt(end))) end += 1;
    if (end > at) words.push({ word: text.slice(at, end), span: documentSpan(value, at, end) });
    at = Math.max(end, at + 1);
  }
  return words;
}

/** Whether a name is the owner's own to change: neither a parameter nor a restriction of Postfix. */
export function isOwnName(server: MailServer, name: string): boolean {
  if (parameterByName(name) !== null || restrictionByName(name) !== null) return false;
  return effectiveValue(server, name).owner !== null || restrictionClasses(server, null).has(name);
}
