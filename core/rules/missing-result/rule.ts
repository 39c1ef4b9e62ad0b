import type { Rule } from "../rule.ts";
import { tableProblems } from "../table-problems.ts";

export const missingResult: Rule = {
  id: "missing-result",
  title: "A rule of a pattern or cidr table without a result",
  severity: "warning",
  manualUrl: "https://www.postfix.org/pcre_table.5.html",
  check: (server) =>
    tableProblems(server, ["missing-value"])
      .filter(({ table }) => table.content.kind !== "indexed")
      .map(({ file, problem: { span }, table }) =>
        table.content.kind === "cidr"
          ? {
              file,
              span,
              message: "Nothing says what to do about this network: Postfix skips the rule.",
              postfix: "no lookup result: skipping this rule",
            }
          : {
              file,
              span,
              message:
                "Nothing says what to do about this pattern: the result is an empty text, which Postfix does not take.",
              postfix: "no replacement text: using empty string",
            },
      ),
};
