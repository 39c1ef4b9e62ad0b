import type { EditOffer } from "../../fixes/fix-offer.ts";
import type { MailServer } from "../../model/mail-server.ts";
import type { Definition } from "../../syntax/main-cf/parse-main-cf.ts";
import { span } from "../../text/span.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

export const duplicateParameter: Rule = {
  id: "duplicate-parameter",
  title: "A parameter set twice to different values",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server) => {
    const { file, tree } = server.main;
    const problems: RuleProblem[] = [];
    /** Of each name, the definitions since its value last changed. */
    const earlier = new Map<string, Definition[]>();
    for (const definition of tree.definitions) {
      const same = earlier.get(definition.name);
      const [first] = same ?? [];
      if (same !== undefined && first?.value === definition.value) {
        same.push(definition);
        continue;
      }
      if (same !== undefined && first !== undefined) {
        const name = nameInMessage(definition.name);
        problems.push({
          file,
          span: definition.nameSpan,
          message: `${name} is already set in line ${same.at(-1)?.line ?? first.line}, to another value: the last line counts.`,
          postfix: printable(`overriding earlier entry: ${definition.name}=${first.value}`, file.encoding),
          fixes: [commentOut(server, same, definition.name)],
        });
      }
      earlier.set(definition.name, [definition]);
    }
    return problems;
  },
};

/** What is commented out had no effect, so nobody may do more or less than before. */
function commentOut(server: MailServer, overridden: readonly Definition[], name: string): EditOffer {
  const lines = overridden.flatMap(({ logical }) => logical.lines.filter(({ kind }) => kind === "text"));
  const numbers = overridden.map(({ line }) => line).join(", ");
  const fix = {
    id: "duplicate-parameter/comment-out",
    title: `Comment out ${nameInMessage(name)} in line ${numbers} of main.cf, which has no effect`,
    safety: "safe",
    cost: "",
    reload: false,
  } as const;
  const edits = lines.map((line) => ({ span: span(line.span.start, line.span.start), newText: "# " }));
  return editOffer(server, fix, server.main.file, edits);
}
