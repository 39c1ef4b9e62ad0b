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
import { type Suggestion, type Suggestions, suggestion } from "./suggestion.ts";
import { roleOf, type TableUse, usesOfPath } from "./table-uses.ts";
import { isNameCode } from "./value-place.ts";

/** In a table: what the right-hand side may say, by what the table is consulted for. */
export function tableRowSuggestions(context: ConfigContext, document: TableDocument, offset: number): Suggestions {
  const nothing = { span: span(offset, offset), all: [] };
  const { text } = document.tree;
  const line = lineStartAt(text, offset);
  const first = skipSpace(text, line, offset);
  if (text.charAt(first) === "#" && first < offset) return nothing;
  const value = valueStart(document, line, offset);
  if (value === null)
    return line === offset && document.kind !== "indexed" ? { ...nothing, all: BLOCK_WORDS } : nothing;
  const typed = text.slice(value, offset);
  let end = offset;
  while (end < text.length && !isSpaceCode(text.charCodeAt(end))) end += 1;
  const uses = usesOfPath(context.server, document.file.path);
  const role = roleOf(uses, document.file.path);
  const at = span(value, end);
  if (role === "transport") return typed.includes(" ") ? nothing : { span: at, all: transportSuggestions(context) };
  const filter = /^FILTER\s+(\S*)$/i.exec(typed);
  if (filter !== null) {
    return { span: span(offset - (filter[1]?.length ?? 0), end), all: transportSuggestions(context) };
  }
  if (role === "access") return accessSuggestions(context, typed, at, offset);
  if (typed.includes(" ")) return nothing;
  if (role === "postscreen") return { span: at, all: POSTSCREEN_WORDS };
  return role === "checks" ? { span: at, all: checksActions(uses) } : nothing;
}

const POSTSCREEN_WORDS = ["permit", "reject", "dunno"].map((label) => suggestion({ label, kind: "action" }));

function checksActions(uses: readonly TableUse[]): readonly Suggestion[] {
  const parameters = uses.map(({ where }) => where.parameter);
  return headerBodyChecksActions
    .filter(({ validIn }) => parameters.every((name) => validIn.includes(name) || parameterByName(name) === null))
    .map((action) => actionSuggestion(action, "checks-action"));
}

function accessSuggestions(context: ConfigContext, typed: string, at: Span, offset: number): Suggestions {
  const isFirst = !/[\s,]/.test(typed);
  const word = isFirst ? at : span(offset - (/[^\s,]*$/.exec(typed)?.[0].length ?? 0), at.end);
  const [head = ""] = typed.split(/[\s,]/);
  // Behind an action stands its text; behind a restriction, more of them.
  if (!isFirst && accessActions.some(({ name }) => name === head.toUpperCase())) return { span: word, all: [] };
  const actions = isFirst ? accessActions.filter(({ name }) => /^[A-Z_]+$/.test(name)) : [];
  const all = [
    ...actions.map((action) => actionSuggestion(action, "access-action")),
    ...classSuggestions(context),
    ...restrictions
      .filter(({ kind, argument, deprecated }) => kind !== "removed" && argument === null && deprecated === null)
      .map(({ name }) =>
        suggestion({ label: name, kind: "restriction", rank: 5, topic: { kind: "restriction", name } }),
      ),
  ];
  return { span: word, all };
}

function actionSuggestion(action: TableAction, kind: "access-action" | "checks-action"): Suggestion {
  return suggestion({
    label: action.name,
    kind: "action",
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

const BLOCK_WORDS: readonly Suggestion[] = [
  suggestion({
    label: "if",
    kind: "word",
    detail: "rules for what matches only",
    snippet: "if /${1:pattern}/\n$0\nendif",
    text: "if ",
  }),
  suggestion({ label: "endif", kind: "word" }),
];

/** In a database's client file: its keys, and the words they take. */
export function clientSuggestions(context: ConfigContext, text: string, offset: number): Suggestions {
  const nothing = { span: span(offset, offset), all: [] };
  const line = lineStartAt(text, offset);
  const before = text.slice(line, offset);
  if (before.trimStart().startsWith("#")) return nothing;
  const types = clientTypes(context);
  const keys = tableConfigKeys.filter(({ table }) => types.includes(table));
  const equals = before.indexOf("=");
  if (equals !== -1) {
    const name = before.slice(0, equals).trim();
    const typed = before.slice(equals + 1).trimStart();
    const at = span(offset - typed.length, offset);
    const words = new Set(keys.filter((key) => key.name === name).flatMap(({ values }) => values));
    return { span: at, all: [...words].map((label) => suggestion({ label, kind: "word" })) };
  }
  if (before !== before.trimStart()) return nothing;
  const rest = text.slice(offset, lineFeedAt(text, offset));
  const suffix = rest.trim() === "" ? " = " : "";
  const found = new Map<string, Suggestion>();
  for (const { table, name, default: standard } of keys) {
    if (found.has(name)) continue;
    const detail = standard === null ? table : `${table}, default: ${standard === "" ? "empty" : standard}`;
    const topic = { kind: "client-key", name: `${table}:${name}` } as const;
    found.set(name, suggestion({ label: name, kind: "parameter", detail, text: name + suffix, topic }));
  }
  return { span: span(line, offset), all: [...found.values()] };
}
