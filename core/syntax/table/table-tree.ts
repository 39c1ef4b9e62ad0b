import type { Span } from "../../text/span.ts";
import type { LineTree, LogicalLine } from "../lines/logical-lines.ts";

/** What all kinds of table rules have in common. Spans are document spans; `span` is the whole logical line. */
export interface TableRule {
  /** Position in `rules`. */
  readonly index: number;
  /** 1-based first physical line. */
  readonly line: number;
  readonly span: Span;
  readonly logical: LogicalLine;
}

export interface Table<Rule extends TableRule> {
  readonly text: string;
  readonly lines: LineTree;
  readonly rules: readonly Rule[];
  readonly problems: readonly TableProblem[];
}

export type TableProblemKind =
  | "leading-whitespace"
  | "missing-value"
  | "missing-key"
  | "key-ends-with-colon"
  | "unbalanced-quote"
  | "duplicate-key"
  | "bad-delimiter"
  | "no-closing-delimiter"
  | "unknown-flag"
  | "empty-pattern"
  | "text-after-if"
  | "text-after-endif"
  | "endif-without-if"
  | "if-without-endif"
  | "bad-network"
  | "host-bits"
  | "nul";

export interface TableProblem {
  readonly kind: TableProblemKind;
  readonly span: Span;
  readonly line: number;
}
