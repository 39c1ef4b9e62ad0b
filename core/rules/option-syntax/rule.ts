import type { MasterCfProblemKind, MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { contains } from "../../text/span.ts";
import { masterProblems, type PlacedProblem } from "../master-problems.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

const KINDS = ["override-without-equals", "override-without-name", "override-without-value"] as const;

export const optionSyntax: Rule = {
  id: "option-syntax",
  title: "A “-o” option that is not name=value",
  severity: "error",
  manualUrl: "https://www.postfix.org/master.5.html",
  check: (server) => masterProblems(server, KINDS).map(toProblem),
};

function toProblem({ file, problem, service }: PlacedProblem): RuleProblem {
  const words = service === null ? null : fatalOf(problem.kind, service, problem.span.start);
  return {
    file,
    span: problem.span,
    message: `${SAYS[problem.kind] ?? ""} The program of this service cannot start. Write -o name=value without spaces, or -o { name = value }.`,
    ...(words === null ? {} : { postfix: printable(words, file.encoding) }),
  };
}

const SAYS: Partial<Readonly<Record<MasterCfProblemKind, string>>> = {
  "override-without-equals": "This option has no “=” right behind the parameter's name.",
  "override-without-name": "This option has no parameter name in front of its “=”.",
  "override-without-value": "Nothing follows this -o.",
};

/** What the program logs as it exits; known for the plain form, in the words of 3.7 and later. */
function fatalOf(kind: MasterCfProblemKind, service: MasterService, at: number): string | null {
  if (kind !== "override-without-equals") return null;
  const index = service.arguments.findIndex(({ span }) => contains(span, at));
  const first = service.arguments[index];
  const word = first?.text === "-o" ? service.arguments[index + 1] : first;
  if (word === undefined || word.braced) return null;
  const name = word.text.startsWith("-o") ? word.text.slice(2) : word.text;
  return `invalid "-o ${name}" option value: missing '=' after attribute name`;
}
