import type { Span } from "../../text/span.ts";
import { documentSpan, type JoinedText } from "../lines/joined-text.ts";
import type { MacroNode, MacroProblem } from "./macro-node.ts";
import { type MacroReader, readMacros } from "./macro-reader.ts";

export type {
  ComparisonMacro,
  ComparisonOperator,
  ConditionalMacro,
  MacroNode,
  MacroProblem,
  MacroProblemKind,
} from "./macro-node.ts";

/** A value as text and `$name` forms. After `truncated` and `empty-name` the rest is one malformed node: Postfix stops there. */
export interface MacroText {
  readonly nodes: readonly MacroNode[];
  readonly problems: readonly MacroProblem[];
}

/** Parse the `$name` forms of a value (postconf(5)). Linear in the text for each level of braces, at most 100 levels. */
export function parseMacros(value: JoinedText): MacroText {
  const problems: MacroProblem[] = [];
  const reader: MacroReader = {
    text: value.text,
    spanOf: (start, end) => documentSpan(value, start, end),
    report: (kind, start, end) => problems.push({ kind, span: documentSpan(value, start, end) }),
  };
  return { nodes: readMacros(reader, 0, value.text.length, 0), problems };
}

/** Every name a text refers to, in order, nested ones included. */
export function macroReferences(
  nodes: readonly MacroNode[],
): readonly { readonly name: string; readonly nameSpan: Span }[] {
  const found: { readonly name: string; readonly nameSpan: Span }[] = [];
  const visit = (list: readonly MacroNode[] | null): void => {
    for (const node of list ?? []) {
      if (node.kind === "reference") found.push({ name: node.name, nameSpan: node.nameSpan });
      else if (node.kind === "conditional") {
        found.push({ name: node.name, nameSpan: node.nameSpan });
        visit(node.whenSet);
        visit(node.whenEmpty);
      } else if (node.kind === "comparison") {
        visit(node.left);
        visit(node.right);
        visit(node.whenTrue);
        visit(node.whenFalse);
      } else if (node.kind === "function") {
        visit(node.argument);
      }
    }
  };
  visit(nodes);
  return found;
}
