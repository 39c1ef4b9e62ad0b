import type { MailServer } from "../model/mail-server.ts";
import type { RuleContext, RuleFinding } from "./rule.ts";
import { rules } from "./rules.ts";

const NO_CONTEXT: RuleContext = { postfixVersion: null };

/** Everything the rules find in a configuration, ordered by file and place. */
export function checkConfiguration(server: MailServer, context: RuleContext = NO_CONTEXT): readonly RuleFinding[] {
  const findings: RuleFinding[] = [];
  for (const rule of rules) {
    for (const problem of rule.check(server, context)) {
      const { file, span, message, postfix = null, fixes = [], entry = null } = problem;
      findings.push({ ruleId: rule.id, severity: rule.severity, file, span, message, postfix, fixes, entry });
    }
  }
  return findings.toSorted(byPlace);
}

function byPlace(a: RuleFinding, b: RuleFinding): number {
  if (a.file.path !== b.file.path) return a.file.path < b.file.path ? -1 : 1;
  return a.span.start - b.span.start;
}
