import { hasSince } from "../../reference/postfix-version.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

/** Older releases cut the line without a word. */
const WARNS_SINCE = "3.9";

export const nullByte: Rule = {
  id: "null-byte",
  title: "A NUL byte in the configuration",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: ({ main, master }, { postfixVersion }) => {
    const warns = hasSince(postfixVersion, WARNS_SINCE);
    return (master === null ? [main] : [main, master]).flatMap(({ file, tree }) =>
      tree.problems
        .filter(({ kind }) => kind === "nul")
        .map(({ span }): RuleProblem => {
          return {
            file,
            span,
            message: "Postfix stops reading this line at the NUL byte: what follows on it has no effect.",
            ...(warns
              ? {
                  postfix: printable("text after null byte may be ignored", file.encoding),
                }
              : {}),
          };
        }),
    );
  },
};
