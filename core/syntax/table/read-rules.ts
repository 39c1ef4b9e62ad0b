import { trimmedEnd } from "../../text/ascii.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { type LogicalLine, parseLogicalLines } from "../lines/logical-lines.ts";
import type { Table, TableProblem, TableProblemKind, TableRule } from "./table-tree.ts";

/** What a rule parser gets: one logical line, trimmed at its end and cut at a NUL, and a way to report (joined offsets). */
export interface RuleSource {
  readonly line: LogicalLine;
  readonly text: string;
  /** Fields every rule has. */
  readonly base: TableRule;
  readonly report: (kind: TableProblemKind, start: number, end: number) => void;
}

/** Run a rule parser over the logical lines of a table; a null rule is none. */
export function readRules<Rule extends TableRule>(
  text: string,
  parse: (source: RuleSource) => Rule | null,
): { readonly table: Table<Rule>; readonly problems: TableProblem[] } {
  const lines = parseLogicalLines(text);
  const rules: Rule[] = [];
  const problems: TableProblem[] = [];
  for (const node of lines.nodes) {
    if (node.kind !== "logical") continue;
    const { line } = node;
    const report = (kind: TableProblemKind, start: number, end: number): void => {
      problems.push({ kind, span: documentSpan(line.joined, start, end), line: line.number });
    };
    const nul = line.joined.text.indexOf("\0");
    if (nul !== -1) report("nul", nul, nul + 1);
    const end = trimmedEnd(line.joined.text, 0, nul === -1 ? line.joined.text.length : nul);
    if (line.indented) {
      report("leading-whitespace", 0, end);
      continue;
    }
    const base: TableRule = { index: rules.length, line: line.number, span: line.span, logical: line };
    const rule = parse({ line, text: line.joined.text.slice(0, end), base, report });
    if (rule !== null) rules.push(rule);
  }
  return { table: { text, lines, rules, problems }, problems };
}
