import { parameterByName } from "../../reference/parameter.ts";
import { restrictions } from "../../reference/restriction.ts";
import { accessActions, headerBodyChecksActions, type TableAction } from "../../reference/table-action.ts";
import { tableConfigKeys } from "../../reference/table-type.ts";
import { lineFeedAt, lineStartAt } from "../../syntax/lines/line-at.ts";
import { isSpaceCode, skipSpace } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import { clientTypes } from "./client-type.ts";
import { classSuggestions, transportSuggestions } from "./complete-value.ts";
import type { ConfigContext, TableDocument } from "./context.ts";
import { type Suggestion, suggestion } from "./suggestion.ts";
import { roleOf, usesOfPath } from "./table-uses.ts";
import { isNameCode } from "./value-place.ts";

/** In a table: what the right-hand side may say, by what the table is consulted for. */
export function tableRowSuggestions(
  context: ConfigContext,
  document: TableDocument,
  offset: number,
): readonly Suggestion[] {
  const { text } = document.tree;
  const line = lineStartAt(text, offset);
  const first = skipSpace(text, line, offset);
  if (text.charAt(first) === "#" && first < offset) return [];
  const value = valueStart(document, line, offset);
  if (value === null) return line === offset && document.kind !== "indexed" ? blockWords(offset) : [];
  const typed = text.slice(value, offset);
  let end = offset;
  while (end < text.length && !isSpaceCode(text.charCodeAt(end))) end += 1;
  const uses = usesOfPath(context.server, document.file.path);
  const role = roleOf(uses, document.file.path);
  const at = span(value, end);
  if (role === "transport") return typed.includes(" ") ? [] : transportSuggestions(context, { word: at });
  const filter = /^FILTER\s+(\S*)$/i.exec(typed);
  if (filter !== null) return transportSuggestions(context, { word: span(offset - (filter[1]?.length ?? 0), end) });
  if (role === "access") return accessSuggestions(context, typed, at, offset);
  if (typed.includes(" ")) return [];
  if (role === "postscreen")
    return ["permit", "reject", "dunno"].map((label) => suggestion({ label, kind: "action", span: at }));
  if (role !== "checks") return [];
  const parameters = uses.map(({ where }) => where.parameter);
  return headerBodyChecksActions
    .filter(({ validIn }) => parameters.every((name) => validIn.includes(name) || parameterByName(name) === null))
    .map((action) => actionSuggestion(action, "checks-action", at));
}

function accessSuggestions(context: ConfigContext, typed: string, at: Span, offset: number): readonly Suggestion[] {
  const isFirst = !/[\s,]/.test(typed);
  const word = isFirst ? at : span(offset - (/[^\s,]*$/.exec(typed)?.[0].length ?? 0), at.end);
  const [head = ""] = typed.split(/[\s,]/);
  // Behind an action stands its text; behind a restriction, more of them.
  if (!isFirst && accessActions.some(({ name }) => name === head.toUpperCase())) return [];
  const actions = isFirst ? accessActions.filter(({ name }) => /^[A-Z_]+$/.test(name)) : [];
  return [
    ...actions.map((action) => actionSuggestion(action, "access-action", word)),
    ...classSuggestions(context, word),
    ...restrictions
      .filter(({ kind, argument, deprecated }) => kind !== "removed" && argument === null && deprecated === null)
      .map(({ name }) =>
        suggestion({ label: name, kind: "restriction", span: word, rank: 5, topic: { kind: "restriction", name } }),
      ),
  ];
}

function actionSuggestion(action: TableAction, kind: "access-action" | "checks-action", at: Span): Suggestion {
  return suggestion({
    label: action.name,
    kind: "action",
    span: at,
    detail: action.effect ?? action.argument ?? "",
    snippet: argumentSnippet(action),
    rank: 2,
    topic: { kind, name: action.name },
  });
}

/** Places to fill in for what must follow an action; what may follow is left to the writer. */
function argumentSnippet({ name, argument }: TableAction): string | null {
  if (argument === null || argument.startsWith("optional") || argument.startsWith("[")) return null;
  if (argument.startsWith("transport:")) return `${name} \${1:smtp}:\${2:[127.0.0.1]:10024}`;
  if (argument.startsWith("user@")) return `${name} \${1:user@example.com}`;
  return argument.startsWith("headername") ? `${name} \${1:X-Header}: \${2:text}` : `${name} \${1:text}`;
}

/** Where the right-hand side of the cursor's line starts; null on its left-hand side. */
function valueStart(document: TableDocument, line: number, offset: number): number | null {
  const { text, rules } = document.tree;
  if (line < offset && isSpaceCode(text.charCodeAt(line))) {
    const above = rules.findLast(({ span: at }) => at.start < line);
    return above === undefined ? null : skipSpace(text, line, offset);
  }
  const rule = text.slice(line, lineFeedAt(text, offset));
  const end = line + leftSideEnd(document.kind, rule);
  return end < offset && isSpaceCode(text.charCodeAt(end)) ? skipSpace(text, end, offset) : null;
}

function leftSideEnd(kind: TableDocument["kind"], rule: string): number {
  let at = 0;
  if (kind === "pattern") {
    while (rule.charAt(at) === "!" || rule.charAt(at) === " ") at += 1;
    const delimiter = rule.charAt(at);
    if (delimiter === "" || isNameCode(delimiter.charCodeAt(0))) return rule.length;
    at += 1;
    while (at < rule.length && rule.charAt(at) !== delimiter) at += rule.charAt(at) === "\\" ? 2 : 1;
    at += 1;
  }
  while (at < rule.length && !isSpaceCode(rule.charCodeAt(at))) at += 1;
  return at;
}

function blockWords(offset: number): readonly Suggestion[] {
  const at = span(offset, offset);
  return [
    suggestion({
      label: "if",
      kind: "word",
      span: at,
      detail: "rules for what matches only",
      snippet: "if /${1:pattern}/\n$0\nendif",
      text: "if ",
    }),
    suggestion({ label: "endif", kind: "word", span: at }),
  ];
}

/** In a database's client file: its keys, and the words they take. */
export function clientSuggestions(context: ConfigContext, text: string, offset: number): readonly Suggestion[] {
  const line = lineStartAt(text, offset);
  const before = text.slice(line, offset);
  if (before.trimStart().startsWith("#")) return [];
  const types = clientTypes(context);
  const keys = tableConfigKeys.filter(({ table }) => types.includes(table));
  const equals = before.indexOf("=");
  if (equals !== -1) {
    const name = before.slice(0, equals).trim();
    const typed = before.slice(equals + 1).trimStart();
    const at = span(offset - typed.length, offset);
    const words = new Set(keys.filter((key) => key.name === name).flatMap(({ values }) => values));
    return [...words].map((label) => suggestion({ label, kind: "word", span: at }));
  }
  if (before !== before.trimStart()) return [];
  const rest = text.slice(offset, lineFeedAt(text, offset));
  const suffix = rest.trim() === "" ? " = " : "";
  const found = new Map<string, Suggestion>();
  for (const { table, name, default: standard } of keys) {
    if (found.has(name)) continue;
    const detail = standard === null ? table : `${table}, default: ${standard === "" ? "empty" : standard}`;
    const topic = { kind: "client-key", name: `${table}:${name}` } as const;
    found.set(
      name,
      suggestion({ label: name, kind: "parameter", span: span(line, offset), detail, text: name + suffix, topic }),
    );
  }
  return [...found.values()];
}
