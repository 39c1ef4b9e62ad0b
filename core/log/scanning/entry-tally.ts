import type { LogLevel } from "../log-line.ts";
import type { Machine } from "../machine/machine.ts";
import { LOG_LEVELS } from "./header-memory.ts";

/**
 * Counts of lines by the entry that explains them, kept by the machine as `scanLines` goes over them, for a reader that has seen enough of some entries: lines of
 * those are counted and not visited. All others that an entry explains are visited, and the visitor counts them.
 */
export interface EntryTally {
  /** From now on lines of this entry are only counted, where the machine can and their level allows it. */
  settle(entry: number): void;
  /** To be called before lines are read. */
  claim(): void;
  /** By entry, the lines counted since the last time. Good until then. */
  take(): Int32Array;
}

/** Of one engine: the machine has room for the counts of one reader, and each finds its own. @param entries how many there are */
export function createTallies(
  machine: Machine,
  entries: () => number,
): (visitedLevels: Iterable<LogLevel>) => EntryTally {
  const { calls } = machine;
  let places: { readonly counts: number; readonly settled: number } | null = null;
  let owner: { leave(): void } | null = null;

  function make(): { readonly counts: number; readonly settled: number } {
    return { counts: calls.allocate(entries() * 4), settled: calls.allocate(entries()) };
  }

  return (visitedLevels) => {
    places ??= make();
    const { counts, settled } = places;
    const levels = [...visitedLevels].reduce((bits, level) => bits | (1 << LOG_LEVELS.indexOf(level)), 0);
    const ownSettled = new Uint8Array(entries());
    const ownCounts = new Int32Array(entries());

    const own = {
      leave(): void {
        const kept = machine.numbers().subarray(counts / 4, counts / 4 + ownCounts.length);
        for (let entry = 0; entry < kept.length; entry += 1)
          ownCounts[entry] = (ownCounts[entry] ?? 0) + (kept[entry] ?? 0);
        kept.fill(0);
      },
    };

    return {
      settle(entry) {
        ownSettled[entry] = 1;
        if (owner === own) machine.bytes()[settled + entry] = 1;
      },
      claim() {
        if (owner === own) return;
        owner?.leave();
        owner = own;
        machine.bytes().set(ownSettled, settled);
        calls.setTally(counts, settled, levels);
      },
      take() {
        if (owner === own) own.leave();
        const taken = ownCounts.slice();
        ownCounts.fill(0);
        return taken;
      },
    };
  };
}
