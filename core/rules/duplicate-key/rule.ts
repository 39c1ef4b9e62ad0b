import { lowerAscii } from "../../text/ascii.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { tableProblems } from "../table-problems.ts";

export const duplicateKey: Rule = {
  id: "duplicate-key",
  title: "A key that stands in a table twice",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postmap.1.html",
  check: (server) =>
    tableProblems(server, ["duplicate-key"]).map(({ file, problem, text }) => ({
      file,
      span: problem.span,
      message: `${nameInMessage(text)} stands above already: postmap warns, keeps the first line and leaves this one out.`,
      postfix: printable(`duplicate entry: "${unquoted(lowerAscii(text))}"`, file.encoding),
    })),
};

/** Quotes and backslashes protect blanks and are no part of the key. */
function unquoted(key: string): string {
  let result = "";
  for (let at = 0; at < key.length; at += 1) {
    if (key[at] === "\\") at += 1;
    else if (key[at] === '"') continue;
    result += key.charAt(at);
  }
  return result;
}
