import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { type PlacedTableProblem, tableProblems } from "../table-problems.ts";

const KINDS = ["bad-delimiter", "no-closing-delimiter", "unknown-flag", "empty-pattern", "text-after-if"] as const;

export const patternSyntax: Rule = {
  id: "pattern-syntax",
  title: "A line of a pattern table that Postfix skips",
  severity: "error",
  manualUrl: "https://www.postfix.org/pcre_table.5.html",
  check: (server) =>
    tableProblems(server, KINDS)
      .filter(({ table }) => table.content.kind === "pattern")
      .map(toProblem),
};

function toProblem({ file, problem, table, text }: PlacedTableProblem): RuleProblem {
  const { message, words } = saysOf(problem.kind, text, table.type);
  return { file, span: problem.span, message, postfix: printable(words, file.encoding) };
}

function saysOf(kind: string, text: string, type: string): { readonly message: string; readonly words: string } {
  switch (kind) {
    case "bad-delimiter":
      return {
        message: "A rule begins with its pattern, such as /…/: Postfix skips this line.",
        words: "ignoring unrecognized request",
      };
    case "no-closing-delimiter": {
      const end = type === "pcre" ? "ignoring" : "skipping";
      return {
        message: `The pattern has no second ${nameInMessage(text.charAt(0))}: Postfix skips this rule.`,
        words: `no closing regexp delimiter "${firstByte(text)}": ${end} this rule`,
      };
    }
    case "unknown-flag":
      return {
        message: `${nameInMessage(text)} is no flag of a ${type} pattern: Postfix skips this rule.`,
        words: `unknown regexp option "${text}": skipping this rule`,
      };
    case "text-after-if":
      return {
        message:
          "Behind an if and its pattern nothing may follow: Postfix leaves these words out. Rules inside an if are not indented.",
        words: `ignoring extra text after IF statement: "${text}"`,
      };
    default:
      return { message: "There is no pattern in this line: Postfix skips it.", words: "no regexp: skipping this rule" };
  }
}

/** A delimiter is one byte; Postfix shows a `?` for one that is not ASCII. */
function firstByte(text: string): string {
  return text.charCodeAt(0) < 0x80 ? text.charAt(0) : "?";
}
