import { effectiveValue } from "../../model/effective.ts";
import { setParameter } from "../../syntax/main-cf/edit-main-cf.ts";
import { isExpected } from "../answers.ts";
import { argument } from "../arguments.ts";
import { REFUSAL_WORDS } from "../edit-words.ts";
import { parameterToAdd } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";

const QUESTION = "myhostname";

/** Gives the server another name of its own. Only its owner knows which. */
export function changeMyhostname(request: FixRequest): readonly Proposal[] {
  const { server, answers } = request.context;
  const domain = argument(request, "domain");
  if (server !== null && domain !== null) {
    const present = effectiveValue(server, "myhostname").expanded;
    if (present !== null && present.toLowerCase() !== domain.toLowerCase()) {
      return withheld("myhostname is not that domain: another name would not help. See where mydestination names it.");
    }
  }
  const answer = answers[QUESTION];
  if (answer === undefined || answer === "") return [{ kind: "ask", question: question(domain) }];
  if (!isExpected(answer, "hostname")) return withheld(`${JSON.stringify(answer)} is not a fully qualified host name.`);
  if (answer.toLowerCase() === domain?.toLowerCase()) return withheld("That is the name it has now.");
  if (server === null) return parameterToAdd("myhostname", answer, [{ kind: "restart", service: "postfix" }]);
  const result = setParameter(server.main.tree, "myhostname", answer);
  if (!result.ok) return withheld(`main.cf: ${REFUSAL_WORDS[result.reason]}.`);
  return [
    {
      kind: "edit",
      files: [{ file: server.main.file, edits: result.edits }],
      detail: `myhostname = ${answer} in main.cf`,
      after: [{ kind: "restart", service: "postfix" }],
      atLeast: "review",
    },
  ];
}

function question(domain: string | null) {
  const example = domain !== null && isExpected(domain, "hostname") ? `mail.${domain}` : "mail.example.com";
  return {
    id: QUESTION,
    prompt: "The server's new host name, with a DNS record and reverse DNS of its own",
    placeholder: example,
    expects: "hostname" as const,
  };
}
