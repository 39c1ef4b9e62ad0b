import { ownerOf, ownText } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { hasSince, type PostfixVersion } from "../../reference/postfix-version.ts";
import { type JoinedText, joinedText } from "../../syntax/lines/joined-text.ts";
import { macrosOf } from "../../syntax/value/expand.ts";
import { expandAgain } from "../../syntax/value/expand-again.ts";
import { type MacroProblem, parseMacros } from "../../syntax/value/macro.ts";
import { type Assignment, assignments } from "../assignments.ts";
import { knownParameter } from "../known-parameter.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { macroWords } from "./macro-words.ts";

/** `${domain_to_ascii{…}}` and its like. */
const FUNCTIONS_SINCE = "3.11";

export const badMacro: Rule = {
  id: "bad-macro",
  title: "A $name or ${…} that Postfix cannot read",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    assignments(server).flatMap((assignment) => {
      if (!assignment.value.includes("$")) return [];
      // A raw value is read in ways of its own by the program that uses it.
      const type = knownParameter(server, assignment.name, postfixVersion)?.type ?? null;
      if (type === "raw") return [];
      const problems = syntaxProblems(assignment, postfixVersion);
      return problems.length > 0 || type === null ? problems : endlessReference(server, assignment);
    }),
};

function syntaxProblems({ file, name, valueText }: Assignment, version: PostfixVersion): readonly RuleProblem[] {
  // Whether there is one does not depend on where the value stands, and most have none.
  if (macrosOf(valueText.text).problems.length === 0) return [];
  const knowsFunctions = hasSince(version, FUNCTIONS_SINCE);
  const [problem] = problemsIn(valueText, knowsFunctions);
  if (problem === undefined) return [];
  // Positions in the value instead of the document: where continuation lines are joined, they differ.
  const [inValue] = problemsIn(joinedText(valueText.text), knowsFunctions);
  // Of a name with braces behind it such a release says that it knows no function of that name, in words nobody has seen here.
  const isSaidOtherwise =
    knowsFunctions && inValue?.kind === "name-syntax" && /^\w+\{/.test(valueText.text.slice(inValue.span.start));
  const words = inValue === undefined || isSaidOtherwise ? null : macroWords(valueText.text, inValue);
  return [
    {
      file,
      span: problem.span,
      message: `Postfix cannot read this part of ${nameInMessage(name)}: its programs stop with “macro processing error”. A literal $ is written $$.`,
      ...(words === null ? {} : { postfix: printable(words, file.encoding) }),
    },
  ];
}

function problemsIn(value: JoinedText, knowsFunctions: boolean): readonly MacroProblem[] {
  const { problems } = parseMacros(value);
  return knowsFunctions ? problems.filter(({ kind }) => kind !== "function") : problems;
}

/** `a = $b`, `b = $a`. */
function endlessReference(
  server: MailServer,
  { file, service, name, value, nameSpan }: Assignment,
): readonly RuleProblem[] {
  const result = expandAgain(`$${name}`, (wanted) => {
    if (wanted === name) return value;
    const owner = ownerOf(server, wanted, service);
    return owner === null ? server.defaultOf(wanted) : ownText(owner).text;
  });
  if (result.ok || result.problem.kind !== "loop") return [];
  return [
    {
      file,
      span: nameSpan,
      message: `${nameInMessage(name)} refers to itself, perhaps by way of other names: the programs that read it stop with “macro processing error”.`,
      ...(service === null && value.includes(`$${name}`)
        ? { postfix: printable(`unreasonable macro call nesting: "${name}"`, file.encoding) }
        : {}),
    },
  ];
}
