import type { MailServer } from "../model/mail-server.ts";
import type { PlacedWord } from "../model/restrictions.ts";
import { RESTRICTION_LISTS, type RestrictionStep, restrictionClasses, stepsOf } from "../model/restrictions.ts";
import { servicesRunning } from "../model/services.ts";
import { distinctWords } from "./edit-words.ts";

/** Names of releases before 2.3 for the same restrictions. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ["reject_invalid_hostname", "reject_invalid_helo_hostname"],
  ["reject_non_fqdn_hostname", "reject_non_fqdn_helo_hostname"],
  ["reject_unknown_hostname", "reject_unknown_helo_hostname"],
]);

/** One name for a restriction, whatever release it is written for. */
export function currentName(name: string): string {
  const lower = name.toLowerCase();
  return OLD_NAMES.get(lower) ?? lower;
}

/** Every step that names a restriction, in any list, restriction class, `$variable` or `-o`. */
export function stepsNaming(server: MailServer, restriction: string): readonly RestrictionStep[] {
  const wanted = currentName(restriction);
  const found: RestrictionStep[] = [];
  for (const service of [null, ...servicesRunning(server, "smtpd")]) {
    for (const [list, bareTable] of Object.entries(RESTRICTION_LISTS))
      found.push(...stepsOf(server, service, list, bareTable));
    for (const name of restrictionClasses(server, service)) found.push(...stepsOf(server, service, name, null));
  }
  return found.filter((step) => currentName(step.name) === wanted);
}

/** The words that name it, each place once. */
export function wordsNaming(server: MailServer, restriction: string): readonly PlacedWord[] {
  return distinctWords(stepsNaming(server, restriction).map((step) => step.word));
}
