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
  /** How many lines of which entries were counted since the last time. */
  take(): readonly (readonly [entry: number, count: number])[];
}

/** Of one engine: the machine has room for the counts of one reader, and each finds its own. @param entries how many there are */
export function createTallies(
  machine: Machine,
  entries: () => number,
): (visitedLevels: Iterable<LogLevel>) => EntryTally {
  const { calls } = machine;
  let places: { readonly counts: number; readonly settled: number } | null = null;
  let giveUp: (() => void) | null = null;

  function make(): { readonly counts: number; readonly settled: number } {
    return { counts: calls.allocate(entries() * 4), settled: calls.allocate(entries()) };
  }

  return (visitedLevels) => {
    places ??= make();
    const { counts, settled } = places;
    const levels = [...visitedLevels].reduce((bits, level) => bits | (1 << LOG_LEVELS.indexOf(level)), 0);
    const ownSettled = new Set<number>();
    const ownCounts = new Map<number, number>();

    function leave(): void {
      const kept = machine.numbers();
      for (const entry of ownSettled) {
        const count = kept[counts / 4 + entry] ?? 0;
        if (count > 0) ownCounts.set(entry, (ownCounts.get(entry) ?? 0) + count);
        kept[counts / 4 + entry] = 0;
      }
    }

    return {
      settle(entry) {
        ownSettled.add(entry);
        if (giveUp === leave) machine.bytes()[settled + entry] = 1;
      },
      claim() {
        if (giveUp === leave) return;
        giveUp?.();
        giveUp = leave;
        const flags = machine.bytes().fill(0, settled, settled + entries());
        for (const entry of ownSettled) flags[settled + entry] = 1;
        calls.setTally(counts, settled, levels);
      },
      take() {
        if (giveUp === leave) leave();
        const taken = [...ownCounts];
        ownCounts.clear();
        return taken;
      },
    };
  };
}
