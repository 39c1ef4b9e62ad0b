import type { SourceFile } from "../../io/file-port.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import type { PatternRule, PatternTable } from "../../syntax/table/parse-pattern-table.ts";
import { macroReferences, parseMacros } from "../../syntax/value/macro.ts";
import { compiledRules, patternTables } from "../pattern-faults.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { countGroups } from "./count-groups.ts";

export const badReplacement: Rule = {
  id: "bad-replacement",
  title: "A $number without its group",
  severity: "error",
  manualUrl: "https://www.postfix.org/pcre_table.5.html",
  check: () => [],
  async checkPatterns(server, matcher) {
    const problems: RuleProblem[] = [];
    for (const { file, tree } of patternTables(server)) {
      const doubtful = tree.rules.filter((rule) => rule.kind === "pattern" && rule.replacement.includes("$"));
      if (doubtful.length === 0) continue;
      const compiled = await compiledRules(tree, matcher);
      // Of a pattern that does not compile Postfix looks no further.
      for (const rule of doubtful) if (compiled.get(rule) === null) problems.push(...problemsOf(file, tree, rule));
    }
    return problems;
  },
};

function problemsOf(file: SourceFile, { type }: PatternTable, rule: PatternRule): readonly RuleProblem[] {
  const numbers = macroReferences(parseMacros(joinedText(rule.replacement)).nodes).map(({ name }) => Number(name));
  // A name, or `$0`, is a mistake of another kind.
  if (numbers.length === 0 || !numbers.every((number) => Number.isInteger(number) && number > 0)) return [];
  const problem = (message: string, words: string): readonly RuleProblem[] => [
    { file, span: rule.replacementSpan, message, postfix: printable(`${words}: skipping this rule`, file.encoding) },
  ];
  if (rule.negated) {
    const message = "Behind ! nothing has matched, so there is no $number to put in: Postfix skips the rule.";
    return problem(message, "$number found in negative match replacement text");
  }
  const groups = countGroups(rule.pattern, rule.flags, type === "pcre");
  const highest = Math.max(...numbers);
  if (groups === null || highest <= groups) return [];
  const has = groups === 0 ? "no group in parentheses" : groups === 1 ? "one group" : `${groups} groups`;
  return problem(
    `The pattern has ${has}, so there is no $${highest}: Postfix skips the rule.`,
    `out of range replacement index "${highest}"`,
  );
}
