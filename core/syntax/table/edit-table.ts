import { isSpaceCode, trimAscii, trimmedEnd } from "../../text/ascii.ts";
import { type EditResult, edited, refused } from "../../text/edit-result.ts";
import { type Span, span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import { isWritableLine, lineBreakOf } from "../../text/writable-text.ts";
import { isFirstOnLine, lineFeedAt } from "../lines/line-at.ts";
import type { Table, TableRule } from "./table-tree.ts";

/** Where a new rule goes: before everything that is looked at, before or after one rule, or at the end. */
export type InsertAt = "start" | "end" | { readonly before: TableRule } | { readonly after: TableRule };

/** Text that can start a line of a table and stay a rule of its own. */
function isLeftSide(text: string): boolean {
  return text !== "" && isWritableLine(text) && !text.startsWith("#") && !isSpaceCode(text.charCodeAt(0));
}

function offsetOf(table: Table<TableRule>, at: InsertAt): number {
  if (at === "end") return table.text.length;
  if (at !== "start" && "after" in at) return at.after.span.end;
  const rule = at === "start" ? table.rules[0] : at.before;
  if (rule === undefined) return table.text.length;
  // A byte order mark stays first. It is a part of that line for Postfix, which makes no rule of it.
  return rule.span.start === 0 && table.text.startsWith("\uFEFF") ? rule.span.end : rule.span.start;
}

/**
 * Insert `left right` as a line of its own. `left` is a whole left-hand side (`literalPattern`, `indexedKey`, a network) and `right`
 * is written as it stands (`tableAction`); refuses what would not stay one rule. At the start means before the first rule, below
 * the comments above it.
 */
export function insertEntry(table: Table<TableRule>, at: InsertAt, left: string, right: string): EditResult {
  const value = trimAscii(right);
  if (!isLeftSide(left) || value === "" || !isWritableLine(value)) return refused("unsafe-text");
  const eol = lineBreakOf(table.text);
  const offset = offsetOf(table, at);
  const first = table.rules[0];
  const gap = first !== undefined && table.text.slice(first.span.start, first.span.end).includes("\t") ? "\t" : " ";
  const lead = offset > 0 && table.text.charAt(offset - 1) !== "\n" ? eol : "";
  return edited({ span: span(offset, offset), newText: `${lead}${left}${gap}${value}${eol}` });
}

/**
 * Comment out the WHOLE logical line, continuation lines included, so that nothing glues to the rule above. An `if` or `endif` alone
 * is refused: its partner would be left over.
 */
export function commentOut(table: Table<TableRule>, rule: TableRule & { readonly kind?: string }): EditResult {
  if (rule.kind === "if" || rule.kind === "endif") return refused("not-understood", rule.span);
  if (table.rules[rule.index] !== rule) return refused("not-found");
  const edits: TextEdit[] = [];
  for (const line of rule.logical.lines) {
    if (line.kind === "text") edits.push({ span: span(line.span.start, line.span.start), newText: "#" });
  }
  return { ok: true, edits };
}

/** Put another right-hand side on a rule; further continuation lines of the old one go. */
export function replaceValue(
  table: Table<TableRule>,
  rule: TableRule & { readonly valueSpan: Span },
  value: string,
): EditResult {
  const { valueSpan } = rule;
  const wanted = trimAscii(value);
  if (wanted === "" || !isWritableLine(wanted)) return refused("unsafe-text");
  if (valueSpan.end === valueSpan.start) return refused("not-found", rule.span);
  if (wanted.startsWith("#") && isFirstOnLine(table.text, valueSpan.start)) return refused("unsafe-text", valueSpan);
  const end = Math.min(valueSpan.end, trimmedEnd(table.text, valueSpan.start, lineFeedAt(table.text, valueSpan.start)));
  const edits: TextEdit[] = [{ span: span(valueSpan.start, end), newText: wanted }];
  for (const line of rule.logical.lines) {
    if (line.kind === "text" && line.span.start > valueSpan.start) edits.push({ span: line.span, newText: "" });
  }
  return { ok: true, edits };
}
