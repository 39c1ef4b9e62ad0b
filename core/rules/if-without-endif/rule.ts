import type { Rule } from "../rule.ts";
import { tableProblems } from "../table-problems.ts";

export const ifWithoutEndif: Rule = {
  id: "if-without-endif",
  title: "An if of a table without its endif, or the other way round",
  severity: "error",
  manualUrl: "https://www.postfix.org/pcre_table.5.html",
  check: (server) =>
    tableProblems(server, ["if-without-endif", "endif-without-if"]).map(({ file, problem, rule }) => {
      const { start } = problem.span;
      const end = start + (rule?.logical.lines[0]?.content.end ?? problem.span.end) - (rule?.span.start ?? start);
      return problem.kind === "if-without-endif"
        ? {
            file,
            span: { start, end },
            message: "No endif ends this if: all rules below are looked at only where it matches.",
            postfix: "IF has no matching ENDIF",
          }
        : {
            file,
            span: problem.span,
            message: "This endif ends no if: Postfix leaves it out.",
            postfix: "ignoring ENDIF without matching IF",
          };
    }),
};
