import { entryById } from "../catalogue/catalogue.ts";
import type { FixContext } from "../fixes/fix-context.ts";
import type { FixOffer } from "../fixes/fix-offer.ts";
import { offerFixes } from "../fixes/offer-fixes.ts";
import type { TextLine } from "../log/text-line.ts";
import { valuesOf } from "./line-values.ts";

/** All of a fix's surroundings but the line itself. */
export type FixSurroundings = Omit<FixContext, "origin">;

/** Programs beside Postfix whose settings a line's fixes edit: finding those takes a search, so it is done only where it is wanted. */
export interface ConcernedPrograms {
  readonly iredapd: boolean;
  readonly dovecot: boolean;
}

export function concernedPrograms(line: TextLine): ConcernedPrograms {
  const entry = line.entry === null ? null : entryById(line.entry.templateId);
  const concerns = (program: string): boolean =>
    entry?.fixes.some(({ purpose }) => purpose.startsWith(`${program}-`)) === true;
  return { iredapd: concerns("iredapd"), dovecot: concerns("dovecot") };
}

/** The fixes for one line of a log. None for lines without an entry. */
export async function logFixes(line: TextLine, surroundings: FixSurroundings): Promise<readonly FixOffer[]> {
  const entry = line.entry === null ? null : entryById(line.entry.templateId);
  if (entry === null) return [];
  return offerFixes(entry, valuesOf(line.entry), {
    ...surroundings,
    origin: { program: line.program?.value ?? null, message: line.message.value },
  });
}
