import type { IndexedTable } from "@postmaster/core/syntax/table/parse-indexed-table.ts";

/** All that a table says, its entries read out. */
export function tableTold({ ruleCount, rules, problems, lines }: IndexedTable): unknown {
  return {
    ruleCount,
    problems,
    nodes: lines.nodes,
    rules: rules.map(({ index, line, span, key, keySpan, value, valueSpan, logical }) => ({
      index,
      line,
      span,
      key,
      keySpan,
      value,
      valueSpan,
      logical,
    })),
  };
}
