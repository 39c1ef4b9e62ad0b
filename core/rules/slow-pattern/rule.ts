import { oncePer } from "../../memory/remember.ts";
import type { PatternTable } from "../../syntax/table/parse-pattern-table.ts";
import { span } from "../../text/span.ts";
import { nameInMessage } from "../name-in-message.ts";
import { patternTables } from "../pattern-faults.ts";
import type { Rule } from "../rule.ts";
import { endlessGroup } from "./endless-group.ts";

export const slowPattern: Rule = {
  id: "slow-pattern",
  title: "A pattern that a stranger can make fail",
  severity: "warning",
  manualUrl: "https://www.postfix.org/pcre_table.5.html",
  check: (server) =>
    patternTables(server).flatMap(({ file, tree }) =>
      slowRules(tree).map(({ at, group }) => ({
        file,
        span: at,
        message: `Text that almost fits can be shared out among the rounds of ${nameInMessage(group)} in endless ways. PCRE tries them until “match limit exceeded”, and the rule does not match.`,
      })),
    ),
};

/** A long table is looked through once. The GNU library's regexp: does not go back and forth. */
const slowRules = oncePer(({ type, rules }: PatternTable) =>
  (type === "pcre" ? rules : []).flatMap(({ kind, pattern, patternSpan, flags }) => {
    if ((kind !== "pattern" && kind !== "if") || flags.includes("x")) return [];
    const found = endlessGroup(pattern);
    if (found === null) return [];
    // Over a folded line offsets in the pattern are none in the file.
    const isOneLine = patternSpan.end - patternSpan.start === pattern.length;
    const at = isOneLine ? span(patternSpan.start + found.from, patternSpan.start + found.to) : patternSpan;
    return [{ at, group: pattern.slice(found.from, found.to) }];
  }),
);
