import { ruleById } from "@postmaster/core/rules/rules.ts";
import type { CancellationToken, Diagnostic } from "vscode-languageserver";
import { findingsIn } from "../configuration.ts";
import type { OpenDocument } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import type { Session } from "../session.ts";
import { SEVERITY } from "../severity.ts";

const CHECKED: ReadonlySet<string> = new Set([
  "postfix-main-cf",
  "postfix-master-cf",
  "postfix-table",
  "postfix-regexp-table",
  "postfix-cidr-table",
]);

/** What the rules find in an open configuration file, together with the other files of its configuration. */
export async function configurationDiagnostics(
  session: Session,
  document: OpenDocument,
  token: CancellationToken,
): Promise<Diagnostic[]> {
  if (!CHECKED.has(document.languageId)) return [];
  const snapshot = await session.snapshots.of(document.uri, token);
  if (snapshot?.isWhole !== true) return [];
  const { server, version } = snapshot.context;
  const settings = await session.settings.of(document.uri);
  const { patternMatcher } = session;
  const found = await findingsIn({ server, postfixVersion: version, settings, patternMatcher }, document.uri);
  stopIfCancelled(token);
  const own = found.map(({ finding, range }) => {
    const rule = ruleById(finding.ruleId);
    return {
      range,
      severity: SEVERITY[finding.severity],
      code: finding.ruleId,
      source: "postmaster",
      message: finding.postfix === null ? finding.message : `${finding.message}\nPostfix says: ${finding.postfix}`,
      ...(rule === null ? {} : { codeDescription: { href: rule.manualUrl } }),
    };
  });
  return [...own, ...session.validation.of(document.uri, document.version)];
}
