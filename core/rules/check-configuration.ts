import type { EntrySeverity } from "../catalogue/entry.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { PostfixVersion } from "../reference/postfix-version.ts";
import { createSuppressions } from "./ignore-comments.ts";
import type { RuleContext, RuleFinding } from "./rule.ts";
import { rules } from "./rules.ts";

/** The newest stable release: what a configuration is for where nobody says. */
export const NEWEST_STABLE: PostfixVersion = { major: 3, minor: 11, patch: 6 };

/** What the caller knows and wishes; anything left out or null is not known, or as it comes. */
export interface CheckOptions {
  readonly postfixVersion?: PostfixVersion | null;
  /** The table types of this build, as `postconf -m` lists them; empty: not known. */
  readonly tableTypes?: readonly string[];
  /** A severity of the user's own by rule id, or `off`. */
  readonly severity?: Readonly<Record<string, EntrySeverity | "off">>;
}

/** Everything the rules find in a configuration and nobody asked to ignore, ordered by file and place. */
export function checkConfiguration(server: MailServer, options: CheckOptions = {}): readonly RuleFinding[] {
  const { postfixVersion, tableTypes = [], severity: wished = {} } = options;
  const context: RuleContext = {
    postfixVersion: postfixVersion ?? NEWEST_STABLE,
    tableTypes: tableTypes.length === 0 ? null : new Set(tableTypes),
  };
  const isSuppressed = createSuppressions();
  const findings: RuleFinding[] = [];
  for (const rule of rules) {
    const severity = Object.hasOwn(wished, rule.id) ? (wished[rule.id] ?? rule.severity) : rule.severity;
    if (severity === "off") continue;
    for (const problem of rule.check(server, context)) {
      const { file, span, message, postfix = null, fixes = [], entry = null } = problem;
      if (isSuppressed(file, span.start, rule.id)) continue;
      findings.push({ ruleId: rule.id, severity, file, span, message, postfix, fixes, entry });
    }
  }
  return findings.toSorted(byPlace);
}

function byPlace(a: RuleFinding, b: RuleFinding): number {
  if (a.file.path !== b.file.path) return a.file.path < b.file.path ? -1 : 1;
  return a.span.start - b.span.start;
}
