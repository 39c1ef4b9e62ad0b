import { oncePer } from "../memory/remember.ts";
import { ownerName } from "../model/effective.ts";
import type { MailServer } from "../model/mail-server.ts";
import {
  type PlacedWord,
  type RestrictionListName,
  type RestrictionStep,
  restrictionClasses,
  restrictionWalks,
} from "../model/restrictions.ts";
import { servicesRunning } from "../model/services.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import type { RuleProblem } from "./rule.ts";

/** The lists as one service walks them, each up to the step behind which nothing is reached. */
export interface SmtpdList {
  readonly name: RestrictionListName;
  readonly service: MasterService | null;
  readonly steps: readonly RestrictionStep[];
  /** The step that ends the walk for everyone, and the word behind it in the same list or class; null if there is none. */
  readonly end: { readonly step: RestrictionStep; readonly ignored: PlacedWord | null } | null;
}

const ENDS: ReadonlySet<string> = new Set(["permit", "reject", "defer"]);

/** The lists of every smtpd(8) service; where master.cf has none, of main.cf alone. */
export const smtpdLists = oncePer((server: MailServer): readonly SmtpdList[] =>
  smtpdServices(server).flatMap((service) => {
    const classes = restrictionClasses(server, service);
    return restrictionWalks(server, service).map(({ list, steps }) => {
      const at = steps.findIndex(({ name, warnOnly }) => ENDS.has(name) && !warnOnly);
      const step = steps[at];
      if (step === undefined) return { name: list, service, steps, end: null };
      const next = steps[at + 1];
      const behind = next !== undefined && containerOf(next, classes) === containerOf(step, classes) ? next : null;
      const end = { step, ignored: behind?.words[0] ?? null };
      return { name: list, service, steps: steps.slice(0, at + 1), end };
    });
  }),
);

export function smtpdServices(server: MailServer): readonly (MasterService | null)[] {
  const services = servicesRunning(server, "smtpd");
  return services.length === 0 ? [null] : services;
}

/** The restriction class a step is written in, or null for the list itself, whichever `$name` it came through. */
export function containerOf({ word: { owner } }: RestrictionStep, classes: ReadonlySet<string>): string | null {
  if (owner === null) return null;
  const name = ownerName(owner);
  return classes.has(name) ? name : null;
}

/** A problem at a word; none for a word that is written nowhere. Several services may find the same one. */
export function problemAt(
  { owner, span }: PlacedWord,
  problem: Omit<RuleProblem, "file" | "span">,
): readonly RuleProblem[] {
  return owner === null || span === null ? [] : [{ ...problem, file: owner.file, span }];
}
