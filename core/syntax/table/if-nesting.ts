import type { TableProblem, TableRule } from "./table-tree.ts";

/** Which `if` is open while the rules of a table are read in order. */
export interface IfNesting {
  enclosing(): number | null;
  open(rule: TableRule): void;
  /** False if nothing is open. */
  close(): boolean;
  reportUnclosed(problems: TableProblem[]): void;
}

export function createIfNesting(): IfNesting {
  const stack: TableRule[] = [];
  return {
    enclosing: () => stack.at(-1)?.index ?? null,
    open: (rule) => {
      stack.push(rule);
    },
    close: () => stack.pop() !== undefined,
    reportUnclosed: (problems) => {
      for (const rule of stack) problems.push({ kind: "if-without-endif", span: rule.span, line: rule.line });
    },
  };
}
