import type { IndexedTable } from "@postmaster/core/syntax/table/parse-indexed-table.ts";

/** All that a table says, its entries read out. */
export function tableTold(table: IndexedTable): unknown {
  // Before all are asked for: afterwards they are a part of those.
  const first = [0, 1, 7, 1_000_000].map((most) =>
    table.firstRules(most).map(({ index, line, key, value }) => [index, line, key, value]),
  );
  const { ruleCount, rules, problems, lines } = table;
  return {
    first,
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
