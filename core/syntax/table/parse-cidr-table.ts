import { isSpaceCode, skipSpace } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { createIfNesting, type IfNesting } from "./if-nesting.ts";
import { parseIpNetwork } from "./ip-network.ts";
import { startsWithWord } from "./parse-pattern-table.ts";
import { type RuleSource, readRules } from "./read-rules.ts";
import type { Table, TableRule } from "./table-tree.ts";

/** One logical line of a cidr_table(5). */
export interface CidrRule extends TableRule {
  /** `malformed`: Postfix skips it. */
  readonly kind: "network" | "if" | "endif" | "malformed";
  readonly negated: boolean;
  /** As written, such as `192.0.2.0/24` or `2001:db8::/32`. */
  readonly network: string;
  readonly networkSpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
  /** Index of the `if` rule this one stands in (an `endif`: the one it closes), null at top level. */
  readonly enclosingIf: number | null;
}
export type CidrTable = Table<CidrRule>;

function parseRule(source: RuleSource, nesting: IfNesting): CidrRule {
  const { text, line, base, report } = source;
  const at = (start: number, end: number): Span => documentSpan(line.joined, start, end);
  const enclosingIf = nesting.enclosing();
  if (startsWithWord(text, "endif")) {
    if (skipSpace(text, 5) < text.length) report("text-after-endif", 5, text.length);
    if (!nesting.close()) report("endif-without-if", 0, text.length);
    const none = { networkSpan: at(0, text.length), valueSpan: at(text.length, text.length) };
    return { ...base, kind: "endif", negated: false, network: "", value: "", ...none, enclosingIf };
  }
  const isIf = startsWithWord(text, "if");
  let from = isIf ? skipSpace(text, 2) : 0;
  let negated = false;
  while (text.charAt(from) === "!") {
    negated = !negated;
    from = skipSpace(text, from + 1);
  }
  let to = from;
  while (to < text.length && !isSpaceCode(text.charCodeAt(to))) to += 1;
  const valueFrom = Math.min(skipSpace(text, to), text.length);
  const network = text.slice(from, to);
  const parsed = parseIpNetwork(network);
  if (typeof parsed === "string") report(parsed, from, to);
  else if (!isIf && valueFrom === text.length) report("missing-value", 0, text.length);
  else if (isIf && valueFrom < text.length) report("text-after-if", valueFrom, text.length);
  const usable = typeof parsed !== "string" && (isIf || valueFrom < text.length);
  const rule: CidrRule = {
    ...base,
    kind: usable ? (isIf ? "if" : "network") : "malformed",
    negated,
    network,
    networkSpan: at(from, to),
    value: isIf ? "" : text.slice(valueFrom),
    valueSpan: at(valueFrom, text.length),
    enclosingIf,
  };
  if (rule.kind === "if") nesting.open(rule);
  return rule;
}

/** Parse a cidr table. What Postfix skips with a warning is a `malformed` rule and a problem. */
export function parseCidrTable(text: string): CidrTable {
  const nesting = createIfNesting();
  const { table, problems } = readRules(text, (source) => parseRule(source, nesting));
  nesting.reportUnclosed(problems);
  return table;
}
