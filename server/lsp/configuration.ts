import { entryById } from "@postmaster/core/catalogue/catalogue.ts";
import type { Settings } from "@postmaster/core/features/settings.ts";
import type { FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { offerFixes } from "@postmaster/core/fixes/offer-fixes.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import type { PatternMatcher } from "@postmaster/core/model/pattern-matcher.ts";
import type { PostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { checkWithPatterns } from "@postmaster/core/rules/check-configuration.ts";
import type { RuleFinding } from "@postmaster/core/rules/rule.ts";
import type { Range } from "vscode-languageserver";
import { linesOf } from "./positions.ts";
import type { Surroundings } from "./surroundings.ts";

export interface PlacedFinding {
  readonly finding: RuleFinding;
  readonly range: Range;
}

/** What is checked and with what. */
export interface CheckedServer {
  readonly server: MailServer;
  readonly postfixVersion: PostfixVersion | null;
  readonly settings: Settings;
  readonly patternMatcher: PatternMatcher;
}

/** What the rules find in one file of a configuration. */
export async function findingsIn(checked: CheckedServer, uri: string): Promise<readonly PlacedFinding[]> {
  const { server, postfixVersion, settings, patternMatcher } = checked;
  const { tableTypes, ruleSeverity: severity } = settings;
  const all = await checkWithPatterns(server, patternMatcher, { postfixVersion, tableTypes, severity });
  const findings = all.filter(({ file }) => file.uri === uri);
  const [first] = findings;
  if (first === undefined) return [];
  const lines = linesOf(first.file);
  return findings.map((finding) => ({ finding, range: lines.rangeOf(finding.span) }));
}

/** The fixes for what the rules find on one line of a configuration file. */
export async function configurationOffers(
  surroundings: Surroundings,
  uri: string,
  line: number,
): Promise<readonly FixOffer[]> {
  const { fix, postfixVersion, settings } = surroundings;
  const { server, patternMatcher } = fix;
  if (server === null) return [];
  const all = await findingsIn({ server, postfixVersion, settings, patternMatcher }, uri);
  const here = all.filter(({ range }) => range.start.line === line);
  const offers = await Promise.all(here.map(({ finding }) => offersOf(surroundings, finding)));
  return offers.flat();
}

async function offersOf(surroundings: Surroundings, finding: RuleFinding): Promise<readonly FixOffer[]> {
  const entry = finding.entry === null ? null : entryById(finding.entry.id);
  if (finding.entry === null || entry === null) return finding.fixes;
  const { values } = finding.entry;
  const origin = { program: null, message: finding.message };
  const more = await offerFixes(entry, (field) => values[field] ?? null, { ...surroundings.fix, origin });
  return [...finding.fixes, ...more];
}
