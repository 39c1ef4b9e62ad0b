import { effectiveValue } from "../../model/effective.ts";
import { restrictionClasses } from "../../model/restrictions.ts";
import { daemonByName, masterFieldAt } from "../../reference/daemon.ts";
import { parameterByName } from "../../reference/parameter.ts";
import { restrictionByName } from "../../reference/restriction.ts";
import { accessActionByWord, headerBodyChecksActionByWord } from "../../reference/table-action.ts";
import { tableConfigKey } from "../../reference/table-type.ts";
import type { MasterCf } from "../../syntax/master-cf/parse-master-cf.ts";
import { isSecretSetting } from "../../syntax/table/parse-client-config.ts";
import { codeSpan } from "../../text/escape-markdown.ts";
import { contains } from "../../text/span.ts";
import type { Hover } from "../hover.ts";
import { daemonMarkdown, masterFieldMarkdown, parameterMarkdown, restrictionMarkdown } from "../reference-markdown.ts";
import { clientTypes } from "./client-type.ts";
import type { ConfigContext, ConfigDocument, TableDocument } from "./context.ts";
import { effectiveMarkdown, resolvedDefault, shownValue } from "./effective-markdown.ts";
import { type SymbolAt, wordsOfRow } from "./symbol.ts";
import { symbolAtOffset } from "./symbols-in-file.ts";
import { rowAt, rowValue } from "./table-rows.ts";
import { tableSummary } from "./table-summary.ts";
import { roleOf, usesOfPath } from "./table-uses.ts";
import { actionMarkdown, topicMarkdown } from "./topic-markdown.ts";

/** What stands under an offset of a configuration file: what it means, and what it is in this configuration. */
export function configHover(context: ConfigContext, offset: number): Hover | null {
  const { document } = context;
  if (document.kind === "client") return clientHover(context, document, offset);
  const found = symbolAtOffset(context.server, document, offset);
  const meaning = found === null || found.span.end === offset ? null : symbolMarkdown(context, found);
  if (found !== null && meaning !== null) {
    return { markdown: meaning, span: found.span };
  }
  if (document.kind === "master") return masterHover(document.tree, offset);
  return document.kind === "main" ? null : actionHover(context, document, offset);
}

function symbolMarkdown(context: ConfigContext, { symbol }: SymbolAt): string | null {
  const { server } = context;
  switch (symbol.kind) {
    case "parameter":
      return parameterHoverMarkdown(context, symbol.name);
    case "restriction": {
      const restriction = restrictionByName(symbol.name);
      return restriction === null ? null : restrictionMarkdown(restriction);
    }
    case "table-type":
      return topicMarkdown({ kind: "table-type", name: symbol.name });
    case "table":
      return tableSummary(server, symbol.name);
    case "service":
      return serviceMarkdown(context, symbol.name);
    default:
      return symbol.kind satisfies never;
  }
}

function parameterHoverMarkdown({ server }: ConfigContext, name: string): string | null {
  const parameter = parameterByName(name);
  const inEffect = effectiveMarkdown(server, name);
  if (parameter !== null) {
    const resolved = resolvedDefault(server, name);
    const standard = resolved === null ? "" : `The default is here: ${shownValue(name, resolved)}`;
    return [parameterMarkdown(parameter), standard, inEffect].filter((part) => part !== "").join("\n\n");
  }
  const isClass = restrictionClasses(server, null).has(name);
  if (!isClass && effectiveValue(server, name).raw === null) return null;
  return [
    `**${codeSpan(name)}** · ${isClass ? "restriction class" : "parameter of this configuration's own"}`,
    inEffect,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What the entry of a service says, for where its name is used. */
function serviceMarkdown({ server }: ConfigContext, name: string): string | null {
  const services = server.master?.tree.services.filter((service) => service.name === name) ?? [];
  const lines = services.map(
    ({ type, command, line }) => `- ${codeSpan(type)}, runs ${codeSpan(command)} (master.cf, line ${line})`,
  );
  return lines.length === 0 ? null : `**${codeSpan(name)}** · service\n\n${lines.join("\n")}`;
}

function masterHover(tree: MasterCf, offset: number): Hover | null {
  const service = tree.services.find((one) => contains(one.span, offset));
  if (service === undefined) return null;
  for (const [index, field] of service.fields.entries()) {
    if (!contains(field.span, offset)) continue;
    const daemon = field.field === "command" ? daemonByName(service.command) : null;
    if (daemon !== null) return { markdown: daemonMarkdown(daemon), span: field.span };
    const column = masterFieldAt(index);
    return column === null ? null : { markdown: masterFieldMarkdown(column), span: field.span };
  }
  return null;
}

/** The action at the start of a table's right-hand side, or a restriction in it. */
function actionHover({ server }: ConfigContext, document: TableDocument, offset: number): Hover | null {
  const row = rowAt(document, offset);
  if (row === null || offset < row.valueSpan.start) return null;
  const role = roleOf(usesOfPath(server, document.file.path), document.file.path);
  if (role !== "access" && role !== "checks") return null;
  const words = wordsOfRow(rowValue(row));
  const index = words.findIndex(({ span: at }) => contains(at, offset));
  const found = words[index];
  if (found === undefined) return null;
  const { word } = found;
  const action =
    index > 0
      ? null
      : role === "checks"
        ? headerBodyChecksActionByWord(word)
        : accessActionByWord(word, row.value.length > word.length);
  if (action !== null) {
    return { markdown: actionMarkdown(action, role === "checks" ? "header_checks(5)" : "access(5)"), span: found.span };
  }
  const restriction = role === "access" && word.includes("_") ? restrictionByName(word) : null;
  return restriction === null ? null : { markdown: restrictionMarkdown(restriction), span: found.span };
}

/** A key of a database's client file. Its value is shown in the file alone. */
function clientHover(
  context: ConfigContext,
  document: Extract<ConfigDocument, { readonly kind: "client" }>,
  offset: number,
): Hover | null {
  const definition = document.tree.definitions.find(({ span: at }) => contains(at, offset));
  if (definition === undefined || !contains(definition.nameSpan, offset)) return null;
  const { name, nameSpan } = definition;
  const type = clientTypes(context).find((one) => tableConfigKey(one, name) !== null);
  const page = type === undefined ? null : topicMarkdown({ kind: "client-key", name: `${type}:${name}` });
  if (page === null) return null;
  const secret = isSecretSetting(name) ? "\n\nPasswords stay in this file: they are never shown or logged." : "";
  return { markdown: page + secret, span: nameSpan };
}
