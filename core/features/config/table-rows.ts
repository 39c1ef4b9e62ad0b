import { countLeading } from "../../collections/count-leading.ts";
import { type JoinedText, sliceJoined } from "../../syntax/lines/joined-text.ts";
import type { LogicalLine } from "../../syntax/lines/logical-lines.ts";
import type { Span } from "../../text/span.ts";
import type { TableDocument } from "./context.ts";

/** One line of a table that answers something. */
export interface TableRow {
  readonly key: string;
  readonly keySpan: Span;
  /** Where the left-hand side ends, delimiter and flags of a pattern included. */
  readonly leftEnd: number;
  readonly value: string;
  readonly valueSpan: Span;
  /** The whole logical line. */
  readonly span: Span;
  /** 1-based first physical line. */
  readonly line: number;
  readonly logical: LogicalLine;
}

type Rule = TableDocument["tree"]["rules"][number];

/** The lines that answer something, in order, of the first `most` rules; `if`, `endif` and what Postfix skips are left out. */
export function rowsOf(document: TableDocument, most: number = document.tree.rules.length): readonly TableRow[] {
  const rules: readonly Rule[] = document.tree.rules;
  return rules.slice(0, most).flatMap((rule) => toRow(rule) ?? []);
}

/** The row that an offset stands in, its end included; found without looking at the others. */
export function rowAt(document: TableDocument, offset: number): TableRow | null {
  const rules: readonly Rule[] = document.tree.rules;
  const rule = rules[countLeading(rules.length, (index) => (rules[index]?.span.start ?? 0) <= offset) - 1];
  return rule === undefined || offset > rule.span.end ? null : toRow(rule);
}

function toRow(rule: Rule): TableRow | null {
  const { span, line, logical } = rule;
  if ("replacement" in rule) {
    if (rule.kind !== "pattern") return null;
    return {
      key: rule.pattern,
      keySpan: rule.patternSpan,
      leftEnd: rule.flagsSpan.end,
      value: rule.replacement,
      valueSpan: rule.replacementSpan,
      span,
      line,
      logical,
    };
  }
  if ("network" in rule) {
    if (rule.kind !== "network") return null;
    return {
      key: rule.network,
      keySpan: rule.networkSpan,
      leftEnd: rule.networkSpan.end,
      value: rule.value,
      valueSpan: rule.valueSpan,
      span,
      line,
      logical,
    };
  }
  return {
    key: rule.key,
    keySpan: rule.keySpan,
    leftEnd: rule.keySpan.end,
    value: rule.value,
    valueSpan: rule.valueSpan,
    span,
    line,
    logical,
  };
}

/** The right-hand side with its places in the document, over continuation lines. */
export function rowValue({ value, valueSpan, logical }: TableRow): JoinedText {
  if (value === "") return { text: "", pieces: [], origin: valueSpan.start };
  const from = logical.joined.text.lastIndexOf(value);
  return sliceJoined(logical.joined, from, from + value.length);
}
