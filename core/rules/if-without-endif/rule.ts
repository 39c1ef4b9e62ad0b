import type { SourceFile } from "../../io/file-port.ts";
import type { PatternMatcher } from "../../model/pattern-matcher.ts";
import type { PatternRule, PatternTable } from "../../syntax/table/parse-pattern-table.ts";
import type { TableRule } from "../../syntax/table/table-tree.ts";
import type { Span } from "../../text/span.ts";
import { compiledRules, patternTables } from "../pattern-faults.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { tableProblems } from "../table-problems.ts";
import { unpairedRules } from "./unpaired-rules.ts";

export const ifWithoutEndif: Rule = {
  id: "if-without-endif",
  title: "An if of a table without its endif, or the other way round",
  severity: "error",
  manualUrl: "https://www.postfix.org/pcre_table.5.html",
  check: (server) =>
    tableProblems(server, ["if-without-endif", "endif-without-if"]).flatMap(({ table, file, problem, rule }) => {
      if (table.content.kind !== "cidr") return [];
      return problem.kind === "if-without-endif" && rule !== null
        ? unclosed(file, rule)
        : unopened(file, problem.span, "ENDIF without IF: skipping this rule");
    }),
  async checkPatterns(server, matcher) {
    const problems = patternTables(server).map(({ file, tree }) => inPatterns(file, tree, matcher));
    return (await Promise.all(problems)).flat();
  },
};

async function inPatterns(file: SourceFile, tree: PatternTable, matcher: PatternMatcher): Promise<RuleProblem[]> {
  if (!tree.rules.some(({ kind }) => kind === "if" || kind === "endif")) return [];
  const compiled = await compiledRules(tree, matcher);
  const isSkipped = (rule: PatternRule): boolean => {
    const fault = compiled.get(rule) ?? null;
    return fault !== null && fault !== "unknown";
  };
  return unpairedRules(tree.rules, isSkipped).map((rule) =>
    rule.kind === "if" ? unclosed(file, rule) : unopened(file, rule.patternSpan, "ignoring ENDIF without matching IF"),
  );
}

function unclosed(file: SourceFile, { span: { start }, logical }: TableRule): RuleProblem {
  const end = logical.lines[0]?.content.end ?? start;
  return {
    file,
    span: { start, end },
    message: "No endif ends this if: all rules below are looked at only where it matches.",
    postfix: "IF has no matching ENDIF",
  };
}

function unopened(file: SourceFile, span: Span, postfix: string): RuleProblem {
  return { file, span, message: "This endif ends no if: Postfix leaves it out.", postfix };
}
