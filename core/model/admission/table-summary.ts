import type { LoadedTable } from "../mail-server.ts";
import { type AccessEffect, accessEffect } from "./access-action.ts";

/** What the right-hand sides of an access table can do, whatever the key. */
export interface TableSummary {
  readonly effects: ReadonlySet<AccessEffect>;
  /** Right-hand sides that name restrictions, each once. */
  readonly named: readonly string[];
  /** Equal for equal contents, within one `Summaries`. */
  readonly contentId: number;
}

/** Looks at each table once: a comparison asks about it for every service and every kind of request. Null for tables we cannot see into. */
export type Summaries = (table: LoadedTable) => TableSummary | null;

export function tableSummaries(): Summaries {
  const known = new Map<LoadedTable, TableSummary | null>();
  const contents = new Map<string, number>();
  return (table) => {
    const earlier = known.get(table);
    if (earlier !== undefined) return earlier;
    const summary = summarise(table, contents);
    known.set(table, summary);
    return summary;
  };
}

function summarise(table: LoadedTable, contents: Map<string, number>): TableSummary | null {
  const actions = actionsOf(table);
  if (actions === null) return null;
  const distinct = [...new Set(actions)];
  const content = "file" in table.content ? table.content.file.text : "";
  const contentId = contents.get(content) ?? contents.size;
  contents.set(content, contentId);
  return {
    effects: new Set(distinct.map(accessEffect)),
    named: distinct.filter((action) => accessEffect(action) === "maybe"),
    contentId,
  };
}

/** The right-hand sides of a table, or null if we cannot see them. */
function actionsOf(table: LoadedTable): readonly string[] | null {
  const { content } = table;
  switch (content.kind) {
    case "indexed":
      return content.tree.rules.map((rule) => rule.value);
    case "pattern":
      return content.tree.rules.filter((rule) => rule.kind === "pattern").map((rule) => rule.replacement);
    case "cidr":
      return content.tree.rules.filter((rule) => rule.kind === "network").map((rule) => rule.value);
    case "inline":
      return content.entries.map((entry) => entry.value);
    default:
      return null;
  }
}
