import { masterProblems } from "../master-problems.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

export const unbalancedBrace: Rule = {
  id: "unbalanced-brace",
  title: "A brace of master.cf without its partner",
  severity: "error",
  manualUrl: "https://www.postfix.org/master.5.html",
  check: (server) =>
    masterProblems(server, ["brace"]).map(({ file, problem, service }) => {
      const word = service?.arguments.find(
        ({ span }) => span.start <= problem.span.start && problem.span.start < span.end,
      );
      const closed = word !== undefined && word.text.includes("}");
      const said = closed ? "syntax error after '}'" : "missing '}'";
      return {
        file,
        span: problem.span,
        message: closed
          ? "Something follows the closing brace of this argument, so master(8) refuses the whole file."
          : "This brace is not closed, so master(8) refuses the whole file.",
        ...(word === undefined ? {} : { postfix: printable(`${said} in "${word.text}"`, file.encoding) }),
      };
    }),
};
