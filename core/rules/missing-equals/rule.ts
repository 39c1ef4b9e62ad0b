import type { EditOffer } from "../../fixes/fix-offer.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { parameterByName } from "../../reference/parameter.ts";
import type { MainCfProblem } from "../../syntax/main-cf/parse-main-cf.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable, quotedLine } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

export const missingEquals: Rule = {
  id: "missing-equals",
  title: "A line of main.cf without “=”",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server) => {
    const { file, tree } = server.main;
    return tree.problems
      .filter(({ kind }) => kind === "missing-equals")
      .map((problem) => ({
        file,
        span: problem.span,
        message:
          "This line has no “=” after its first word, so no program of Postfix starts: each reads main.cf first.",
        postfix: printable(`missing '=' after attribute name: "${quotedLine(problem.lineText)}"`, file.encoding),
        fixes: addEquals(server, problem),
      }));
  },
};

/** Only where the first word is a parameter: any other line was perhaps never meant to be one. */
function addEquals(server: MailServer, problem: MainCfProblem): readonly EditOffer[] {
  const word = firstWord(problem.lineText);
  const name = word.endsWith(":") ? word.slice(0, -1) : word;
  if (parameterByName(name) === null) return [];
  const at = { start: problem.span.start + name.length, end: problem.span.start + word.length };
  const fix = {
    id: "missing-equals/add",
    title: `Write “${nameInMessage(name)} = …” in main.cf`,
    safety: "review",
    cost: "What stands behind the word becomes the parameter's value.",
    reload: true,
  } as const;
  return [editOffer(server, fix, server.main.file, [{ span: at, newText: " =" }])];
}

function firstWord(text: string): string {
  let end = 0;
  while (end < text.length && !" \t\r\n\0".includes(text.charAt(end))) end += 1;
  return text.slice(0, end);
}
