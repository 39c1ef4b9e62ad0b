import type { ProblemListing } from "@postmaster/core/features/log-diagnostics.ts";
import type { OpenLog } from "@postmaster/core/features/open-log.ts";
import type { Session } from "../session.ts";

/** How long an editor may show old numbers of what is not listed. A busy log that is listed to its limits changes them with every other line. */
const PATIENCE_MS = 1000;

/** What an editor was last answered about a log. */
interface Answer {
  readonly id: string;
  readonly listing: ProblemListing;
  readonly at: number;
}

const answers = new WeakMap<OpenLog, Answer>();
const reminders = new WeakSet<Session>();
let count = 0;

/**
 * The result id of a listing: the one before (`previous`) if the editor has these problems already, or has all of them but for the numbers, of a moment ago,
 * of what is not listed. Then it is asked to ask again a little later; one that cannot be asked gets them at once.
 */
export function answerId(session: Session, log: OpenLog, listing: ProblemListing, previous: string | null): string {
  const last = answers.get(log);
  if (last !== undefined && last.id === previous) {
    if (last.listing.problems === listing.problems) return last.id;
    const age = performance.now() - last.at;
    if (last.listing.listed === listing.listed && session.client.refreshesDiagnostics && age < PATIENCE_MS) {
      remind(session, PATIENCE_MS - age);
      return last.id;
    }
  }
  count += 1;
  const id = String(count);
  answers.set(log, { id, listing, at: performance.now() });
  return id;
}

function remind(session: Session, afterMs: number): void {
  if (reminders.has(session)) return;
  reminders.add(session);
  setTimeout(() => {
    reminders.delete(session);
    session.refreshDiagnostics();
  }, afterMs).unref();
}
