import { daemonByName, masterFields } from "../../reference/daemon.ts";
import { parameterByName } from "../../reference/parameter.ts";
import { restrictionByName } from "../../reference/restriction.ts";
import { accessActions, headerBodyChecksActions, type TableAction } from "../../reference/table-action.ts";
import { type TableConfigKey, tableConfigKey, tableTypeByName } from "../../reference/table-type.ts";
import { codeSpan } from "../../text/escape-markdown.ts";
import {
  daemonMarkdown,
  masterFieldMarkdown,
  parameterMarkdown,
  restrictionMarkdown,
  tableTypeMarkdown,
} from "../reference-markdown.ts";
import type { SuggestionTopic } from "./suggestion.ts";

/** The reference's page on a topic, as Markdown; null for what it does not know. */
export function topicMarkdown({ kind, name }: SuggestionTopic): string | null {
  switch (kind) {
    case "parameter":
      return page(parameterByName(name), parameterMarkdown);
    case "restriction":
      return page(restrictionByName(name), restrictionMarkdown);
    case "table-type":
      return page(tableTypeByName(name), tableTypeMarkdown);
    case "program":
      return page(daemonByName(name), daemonMarkdown);
    case "column":
      return page(masterFields.find((field) => field.name === name) ?? null, masterFieldMarkdown);
    case "access-action":
      return page(accessActions.find((action) => action.name === name) ?? null, (action) =>
        actionMarkdown(action, "access(5)"),
      );
    case "checks-action":
      return page(headerBodyChecksActions.find((action) => action.name === name) ?? null, (action) =>
        actionMarkdown(action, "header_checks(5)"),
      );
    case "client-key": {
      const [table = "", key = ""] = name.split(":");
      return page(tableConfigKey(table, key), clientKeyMarkdown);
    }
    default:
      return kind satisfies never;
  }
}

function page<Fact>(fact: Fact | null, write: (fact: Fact) => string): string | null {
  return fact === null ? null : write(fact);
}

export function actionMarkdown(action: TableAction, manual: string): string {
  const argument = action.argument === null ? "" : ` ${codeSpan(action.argument)}`;
  const effect = action.effect === null ? "" : ` · ${action.effect}`;
  const since = action.since === null ? "" : `\n\nSince: Postfix ${action.since}`;
  return `**${codeSpan(action.name)}**${argument}${effect}\n\n${action.description}${since}\n\n[${manual}](${action.manualUrl})`;
}

function clientKeyMarkdown(key: TableConfigKey): string {
  const facts = [
    key.default === null ? "" : `Default: ${key.default === "" ? "empty" : codeSpan(key.default)}`,
    key.values.length === 0 ? "" : `Values: ${key.values.map((value) => codeSpan(value)).join(", ")}`,
    key.since === null ? "" : `Since: Postfix ${key.since}`,
  ].filter((fact) => fact !== "");
  const head = `**${codeSpan(key.name)}** · setting of ${key.table} tables`;
  const manual = `[${key.table}_table(5)](${key.manualUrl})`;
  return [head, key.description, facts.join(" · "), manual].filter((part) => part !== "").join("\n\n");
}
