import type { EditOffer, FileEdit } from "@postmaster/core/fixes/fix-offer.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import type { Configurations } from "../check/configurations.ts";
import { toReplacement } from "./edited-bytes.ts";
import { type FixList, type LockedOffer, safeEdit } from "./fix-list.ts";
import { replaceFiles } from "./replace-file.ts";

/** What became of a fix. */
export interface FixOutcome {
  readonly offer: EditOffer | LockedOffer;
  readonly server: MailServer | null;
  /** Null: it is done. Else why not, for people. */
  readonly problem: string | null;
}

/** Applies edits in all their files or in none. @returns why nothing was changed; null if all is done */
export async function applyFileEdits(files: readonly FileEdit[]): Promise<string | null> {
  const replacements = files.map(toReplacement);
  const writable = replacements.filter((replacement) => replacement !== null);
  if (writable.length < replacements.length) return "the file is not UTF-8 and the new text would not be ASCII";
  return replaceFiles(writable);
}

/**
 * Applies what a log asks for, one after the other, each computed again against what the ones before it have left. What is no longer needed, or no
 * longer safe, is left out.
 */
export async function applyWanted(list: FixList, configurations: Configurations): Promise<readonly FixOutcome[]> {
  const outcomes: FixOutcome[] = [];
  for (const { offer: first, again } of list.wanted()) {
    configurations.forget();
    const { offers, server } = await again();
    const offer = safeEdit(offers.filter(({ id }) => id === first.id));
    if (offer !== null) outcomes.push({ offer, server, problem: await applyFileEdits(offer.files) });
  }
  configurations.forget();
  const locked = list.locked().map((offer) => ({ offer, server: null, problem: "permission denied" }));
  return [...outcomes, ...locked];
}
