import { entryById } from "@postmaster/core/catalogue/catalogue.ts";
import type { CatalogueEntry } from "@postmaster/core/catalogue/entry.ts";
import { createLineKeeper, type KeptLines } from "@postmaster/core/cause/kept-lines.ts";
import { CAUSE_LEVELS, isNamedAsCause, mayBeCause } from "@postmaster/core/features/cause/may-be-cause.ts";
import { scannedTeller, type ToldLine } from "@postmaster/core/features/told-line.ts";
import { beforeCr } from "@postmaster/core/log/line-content.ts";
import { decodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { onceEachWord } from "@postmaster/core/memory/remember.ts";
import type { LogJob } from "../../log-jobs/log-job.ts";

/** What each thread of a check knows. */
export interface CheckOptions {
  /** Lines of one kind whose text is wanted; Infinity for all. */
  readonly cap: number;
  /** Lines are wanted for the fixes that `--fix` may apply, whatever the cap. */
  readonly fixes: boolean;
  /**
   * By entry number: 1 where the cap was reached by lines before every part that is still to be made. Memory that all threads share, so that nobody keeps
   * what will not be shown. Only ever goes from 0 to 1, and what is shown does not depend on when a thread sees it.
   */
  readonly full: Uint8Array;
}

/** The problem lines of a part. Entries are numbers of `engine.scanNames.entries`. */
export interface CheckPart {
  /** Entry and how many lines it explains. */
  readonly counts: readonly (readonly [entry: number, count: number])[];
  /** In order; of each entry the first ones, to be listed, or all for their fixes. `number` counts from 0 at the part's begin. */
  readonly lines: readonly ProblemText[];
  /** All that later lines may be consequences of, be they listed or not. */
  readonly causes: KeptLines;
}

export interface ProblemText {
  readonly number: number;
  readonly entry: number;
  readonly text: string;
  /** Null where the line has to be read for that, which takes longer. */
  readonly told: ToldLine | null;
}

export const checkJob: LogJob<CheckOptions, CheckPart> = {
  name: "check",
  goal: "entry",
  explainedOnly: true,
  partBytes: 2 * 1024 * 1024,
  transfer: ({ causes }) => [causes.bytes.buffer, causes.places.buffer],
  start({ cap, fixes, full }, engine) {
    const { scanNames } = engine;
    const { entries } = engine.known;
    /** By entry number: lines in this part. A part has lines of few entries. */
    const counts = new Map<number, number>();
    const isKept = onceEachWord((id) => fixes && mayBeSafe(entryById(id)));
    /** By entry number: lines in this thread's earlier parts, all of which stand before this one. */
    const earlier = new Int32Array(entries.length);
    let lines: ProblemText[] = [];
    const causes = createLineKeeper();
    const tell = scannedTeller(scanNames);
    const tally = engine.openTally(CAUSE_LEVELS);

    return {
      tally,
      visit(line, bytes, start, end, number) {
        const { entry, level } = line;
        const count = (counts.get(entry) ?? 0) + 1;
        counts.set(entry, count);
        const entryId = entries.at(entry) ?? "";
        const isWanted = ((earlier[entry] ?? 0) + count <= cap && full[entry] !== 1) || isKept(entryId);
        if (!isWanted && !isNamedAsCause(entryId)) tally.settle(entry);
        // Every message that is named as a cause is printed as a warning or worse (a test says so): its id need not be looked up.
        const stop = beforeCr(bytes, start, end);
        if (mayBeCause(entryId, null, level)) causes.keep(number, entry, bytes, start, stop);
        if (!isWanted) return;
        const text = decodeUtf8(bytes, start, stop);
        const known = entryById(entryId);
        lines.push({ number, entry, text, told: known === null ? null : tell(text, line, bytes, start, known) });
      },
      finish() {
        for (const [entry, count] of tally.take()) counts.set(entry, (counts.get(entry) ?? 0) + count);
        const found = [...counts];
        const part = { counts: found, lines, causes: causes.take() };
        for (const [entry, count] of found) earlier[entry] = (earlier[entry] ?? 0) + count;
        counts.clear();
        lines = [];
        return part;
      },
    };
  },
};

/** Whether a fix of the entry can be one that `--fix` applies. */
function mayBeSafe(entry: CatalogueEntry | null): boolean {
  return entry?.fixes.some(({ atLeast }) => atLeast === "safe") === true;
}
