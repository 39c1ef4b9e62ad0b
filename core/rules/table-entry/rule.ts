import { printable, quotedLine } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { type PlacedTableProblem, tableProblems } from "../table-problems.ts";

const KINDS = ["key-ends-with-colon", "missing-value", "missing-key", "unbalanced-quote"] as const;

export const tableEntry: Rule = {
  id: "table-entry",
  title: "A line of a table that is not “key value”",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postmap.1.html",
  check: (server) => {
    const problems = tableProblems(server, KINDS).filter(({ table }) => table.content.kind === "indexed");
    const empty = new Set(problems.filter(isIncomplete).map(placeOf));
    // Of a line without value Postfix says nothing more.
    return problems.filter((one) => isIncomplete(one) || !empty.has(placeOf(one))).map(toProblem);
  },
};

function isIncomplete({ problem: { kind } }: PlacedTableProblem): boolean {
  return kind === "missing-value" || kind === "missing-key";
}

function placeOf({ file, problem }: PlacedTableProblem): string {
  return `${file.path} ${problem.line}`;
}

function toProblem({ file, problem, table, text }: PlacedTableProblem): RuleProblem {
  const { message, words } = saysOf(problem.kind, quotedLine(text), table.type);
  return { file, span: problem.span, message, postfix: printable(words, file.encoding) };
}

function saysOf(kind: string, line: string, type: string): { readonly message: string; readonly words: string } {
  switch (kind) {
    case "key-ends-with-colon":
      return {
        message:
          "The colon belongs to the key here: “key: value” is the way of alias files, in tables it is “key value”.",
        words: 'record is in "key: value" format; is this an alias file?',
      };
    case "unbalanced-quote":
      return {
        message: "A quote in the key is not closed: postmap leaves this line out.",
        words: `unbalanced '"' in '${line}' -- ignoring this line`,
      };
    default:
      return {
        message: "This line has a key and no value: postmap leaves it out.",
        words: `expected format: key whitespace value${type === "texthash" ? " -- ignoring this line" : ""}`,
      };
  }
}
