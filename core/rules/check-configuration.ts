import type { EntrySeverity } from "../catalogue/entry.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { PatternMatcher } from "../model/pattern-matcher.ts";
import { secretsOf, withoutSecrets } from "../model/secrets.ts";
import type { PostfixVersion } from "../reference/postfix-version.ts";
import { withoutConsequences } from "./consequences.ts";
import { createSuppressions } from "./ignore-comments.ts";
import type { Rule, RuleContext, RuleFinding, RuleProblem } from "./rule.ts";
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
  return withoutConsequences(server, checkAll(server, options), (other) => checkAll(other, options));
}

function checkAll(server: MailServer, options: CheckOptions): readonly RuleFinding[] {
  const { postfixVersion, tableTypes = [] } = options;
  const context: RuleContext = {
    postfixVersion: postfixVersion ?? NEWEST_STABLE,
    tableTypes: tableTypes.length === 0 ? null : new Set(tableTypes),
  };
  const report = createReport(options, secretsOf(server));
  for (const rule of rules) if (report.wants(rule)) report.add(rule, rule.check(server, context));
  return report.findings();
}

/** The same, and what the engine of the pattern tables finds. */
export async function checkWithPatterns(
  server: MailServer,
  matcher: PatternMatcher,
  options: CheckOptions = {},
): Promise<readonly RuleFinding[]> {
  const report = createReport(options, secretsOf(server));
  for (const rule of rules) {
    if (rule.checkPatterns !== undefined && report.wants(rule))
      report.add(rule, await rule.checkPatterns(server, matcher));
  }
  const more = report.findings();
  const found = checkAll(server, options);
  const all = more.length === 0 ? found : [...found, ...more].toSorted(byPlace);
  return withoutConsequences(server, all, (other) => checkAll(other, options));
}

/** Collects findings with the severity that is wished for, without those that are to be ignored and without passwords. */
function createReport({ severity: wished = {} }: CheckOptions, secrets: readonly string[]) {
  const isSuppressed = createSuppressions();
  const findings: RuleFinding[] = [];
  const severityOf = (rule: Rule): EntrySeverity | "off" =>
    Object.hasOwn(wished, rule.id) ? (wished[rule.id] ?? rule.severity) : rule.severity;
  return {
    wants: (rule: Rule): boolean => severityOf(rule) !== "off",
    add(rule: Rule, problems: readonly RuleProblem[]): void {
      const severity = severityOf(rule);
      if (severity === "off") return;
      for (const problem of problems) {
        const { file, span, message, postfix = null, fixes = [], entry = null } = problem;
        if (isSuppressed(file, span.start, rule.id)) continue;
        findings.push({
          ruleId: rule.id,
          severity,
          file,
          span,
          message: withoutSecrets(message, secrets),
          postfix: postfix === null ? null : withoutSecrets(postfix, secrets),
          fixes,
          entry,
        });
      }
    },
    findings: (): readonly RuleFinding[] => findings.toSorted(byPlace),
  };
}

function byPlace(a: RuleFinding, b: RuleFinding): number {
  if (a.file.path !== b.file.path) return a.file.path < b.file.path ? -1 : 1;
  return a.span.start - b.span.start;
}
