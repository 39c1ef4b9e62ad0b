import type { SourceFile } from "../../io/file-port.ts";
import type { PatternRule } from "../../syntax/table/parse-pattern-table.ts";
import { nameInMessage } from "../name-in-message.ts";
import { compiledRules, patternTables } from "../pattern-faults.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import type { RuleFault } from "../rule-fault.ts";

export const badPattern: Rule = {
  id: "bad-pattern",
  title: "A regular expression that is none",
  severity: "error",
  manualUrl: "https://www.postfix.org/pcre_table.5.html",
  check: () => [],
  async checkPatterns(server, matcher) {
    const problems: RuleProblem[] = [];
    for (const { file, tree } of patternTables(server)) {
      for (const [rule, fault] of await compiledRules(tree, matcher)) {
        if (fault !== null && fault !== "unknown") problems.push(problemOf(file, tree.type, rule, fault));
      }
    }
    return problems;
  },
};

function problemOf(
  file: SourceFile,
  type: string,
  { patternSpan, pattern }: PatternRule,
  { offset, words }: RuleFault,
): RuleProblem {
  // Perl's groups are what a pattern that was written for pcre: mostly fails with.
  const isPerl = type === "regexp" && pattern.includes("(?");
  const why = isPerl ? " A regexp: table knows no (?…): write pcre: in front of its name." : "";
  const at = offset === null ? "" : ` near “${nameInMessage(pattern.slice(offset, offset + NEAR))}”`;
  return {
    file,
    span: patternSpan,
    message: `This pattern does not compile${offset === pattern.length ? ": its end is missing" : at}, and Postfix skips the rule.${why}`,
    postfix: printable(words, file.encoding),
  };
}

const NEAR = 20;
