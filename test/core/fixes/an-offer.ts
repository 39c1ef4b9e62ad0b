import assert from "node:assert/strict";
import type { WholeEntry } from "@postmaster/core/catalogue/entry.ts";
import type { Safety } from "@postmaster/core/catalogue/safety.ts";
import type { FixContext } from "@postmaster/core/fixes/fix-context.ts";
import type { FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { offerFixes } from "@postmaster/core/fixes/offer-fixes.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import { plainPatterns } from "../model/plain-patterns.ts";

export interface Asking {
  readonly purpose: string;
  readonly with: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, string>>;
  readonly context?: Partial<FixContext>;
  readonly program?: string;
  readonly message?: string;
  readonly atLeast?: Safety;
  readonly title?: string;
}

/** All offers for one declared fix. */
export function offersFor(asking: Asking): Promise<readonly FixOffer[]> {
  const atLeast = asking.atLeast ?? "safe";
  const cost = atLeast === "safe" ? "" : "It costs.";
  const fix = { id: "fix", title: asking.title ?? "Do it", purpose: asking.purpose, with: asking.with, atLeast, cost };
  const entry: WholeEntry = {
    id: "entry",
    system: "postfix",
    loggedBy: "postfix",
    daemon: "smtpd",
    title: "",
    severity: "warning",
    fault: "you",
    match: [],
    otherwise: [],
    programs: [],
    evidence: { kind: "documented", source: "a page" },
    messages: [],
    level: null,
    parameters: [],
    because: [],
    fixes: [fix],
    sections: { meaning: "", causes: "", remedies: "" },
    links: [],
    examples: { match: [], noMatch: [] },
  };
  return offerFixes(entry, (field) => asking.values?.[field] ?? null, {
    server: null,
    iredapd: null,
    dovecot: null,
    answers: {},
    patternMatcher: plainPatterns,
    tableTypes: null,
    osFamily: "debian",
    origin: { program: asking.program ?? "postfix/smtpd", message: asking.message ?? "" },
    ...asking.context,
  });
}

/** The one offer for a declared fix. */
export async function offerFor(asking: Asking): Promise<FixOffer> {
  const [offer, ...more] = await offersFor(asking);
  assert.ok(offer);
  assert.deepEqual(more, []);
  return offer;
}

/** The files of an edit as they are afterwards, by their last name. */
export function edited(offer: FixOffer): Readonly<Record<string, string>> {
  assert.equal(offer.kind, "edit", "reason" in offer ? offer.reason : "");
  const files = offer.kind === "edit" ? offer.files : [];
  return Object.fromEntries(
    files.map(({ file, edits }) => [file.path.slice(file.path.lastIndexOf("/") + 1), applyEdits(file.text, edits)]),
  );
}

/** Why an offer is withheld. */
export function whyWithheld(offer: FixOffer): string {
  assert.equal(offer.kind, "withheld", JSON.stringify(offer));
  return offer.kind === "withheld" ? offer.reason : "";
}
