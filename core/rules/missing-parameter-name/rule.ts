import { printable, quotedLine } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

export const missingParameterName: Rule = {
  id: "missing-parameter-name",
  title: "A line of main.cf that begins with “=”",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: ({ main: { file, tree } }) =>
    tree.problems
      .filter(({ kind }) => kind === "missing-name")
      .map(({ span, lineText }) => ({
        file,
        span,
        message:
          "There is no parameter name in front of “=”, so no program of Postfix starts: each reads main.cf first.",
        postfix: printable(`missing attribute name: "${quotedLine(lineText)}"`, file.encoding),
      })),
};
