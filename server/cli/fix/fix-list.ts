import { stat } from "node:fs/promises";
import type { CommandsOffer, EditOffer, FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";

/** The fixes for one problem, and the configuration they were computed against (null: there is none). */
export interface Offers {
  readonly offers: readonly FixOffer[];
  readonly server: MailServer | null;
}

/** A fix to apply. */
interface WantedFix {
  /** As it was offered when the problem was found. */
  readonly offer: EditOffer;
  /** The offers for the same problem against the files as they are by now. */
  readonly again: () => Promise<Offers>;
}

/** Safe fixes collected while logs are read: a thousand lines that ask for the same change ask once. */
export interface FixList {
  /** Takes the first safe edit among the offers for one problem, if there is one. `loggedMs`: when the line was written, if it says so. */
  want(offers: readonly FixOffer[], again: WantedFix["again"], loggedMs: number | null): Promise<void>;
  wanted(): readonly WantedFix[];
  /** What was left out because the file has been changed after the line was logged. */
  outdated(): readonly EditOffer[];
  /** What would have been wanted, but the file may not be written. */
  locked(): readonly LockedOffer[];
}

/** A change that is offered as commands, because the file may not be written. */
export type LockedOffer = CommandsOffer & { readonly locked: string };

export function createFixList(): FixList {
  const byChange = new Map<string, WantedFix>();
  const leftOut = new Map<string, EditOffer>();
  const lockedByTitle = new Map<string, LockedOffer>();
  return {
    async want(offers, again, loggedMs) {
      const offer = safeEdit(offers);
      if (offer === null) {
        const locked = offers.find(isLocked);
        if (locked !== undefined) lockedByTitle.set(locked.title, locked);
        return;
      }
      const change = JSON.stringify(offer.files.map(({ file, edits }) => [file.path, edits]));
      if (byChange.has(change)) return;
      if (await isOutdated(offer, loggedMs)) {
        leftOut.set(change, offer);
      } else {
        leftOut.delete(change);
        byChange.set(change, { offer, again });
      }
    },
    wanted: () => [...byChange.values()],
    outdated: () => [...leftOut.values()],
    locked: () => [...lockedByTitle.values()],
  };
}

/**
 * Whether the edit replaces something in a file that was written after the line was. The log is the past: perhaps this very line has led to
 * the present value, and with each run over the same log a limit would rise again.
 */
async function isOutdated(offer: EditOffer, loggedMs: number | null): Promise<boolean> {
  for (const { file, edits } of offer.files) {
    if (edits.every(({ span }) => span.start === span.end)) continue;
    const status = await stat(file.path).catch(() => null);
    if (loggedMs === null || (status !== null && status.mtimeMs > loggedMs)) return true;
  }
  return false;
}

/** The first of the offers that `--fix` may apply. */
export function safeEdit(offers: readonly FixOffer[]): EditOffer | null {
  for (const offer of offers)
    if (offer.kind === "edit" && offer.safety === "safe" && offer.files.length > 0) return offer;
  return null;
}

function isLocked(offer: FixOffer): offer is LockedOffer {
  return offer.kind === "commands" && offer.safety === "safe" && offer.locked !== undefined;
}
