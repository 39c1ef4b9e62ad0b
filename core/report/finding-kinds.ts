import { entries } from "../catalogue/entries.ts";
import type { CatalogueEntry } from "../catalogue/entry.ts";
import { fill } from "../catalogue/fill.ts";
import { rulePage } from "../rules/rule-page.ts";
import { rules } from "../rules/rules.ts";
import type { FindingKind } from "./finding.ts";
import { findingSeverity } from "./finding-severity.ts";

/** Everything a report can hold: the catalogue's entries, then the rules. */
export function findingKinds(): readonly FindingKind[] {
  return [
    ...entries.map(entryKind),
    ...rules.map((rule) => ({
      id: rule.id,
      title: rule.title,
      description: rulePage(rule.id) ?? rule.title,
      severity: findingSeverity(rule.severity),
      helpUri: rule.manualUrl,
    })),
  ];
}

function entryKind(entry: CatalogueEntry): FindingKind {
  const unfilled = (text: string): string =>
    fill(
      text,
      () => null,
      (value) => value,
    );
  return {
    id: entry.id,
    title: entry.title,
    description: unfilled(`${entry.sections.meaning}\n\n${entry.sections.remedies}`),
    severity: findingSeverity(entry.severity),
    helpUri: entry.links[0]?.url ?? null,
  };
}
