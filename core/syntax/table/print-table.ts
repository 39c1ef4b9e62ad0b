import { type LineTree, printLogicalLines } from "../lines/logical-lines.ts";

/** The text a table was parsed from, from its lines. */
export function printTable(table: { readonly lines: LineTree }): string {
  return printLogicalLines(table.lines);
}
