import type { KeySum } from "../../log/flow/key-sums.ts";
import type { LogEngine } from "../../log/log-engine.ts";
import { mergeTopCounts, type TopCounts, takeKeys } from "./top-counts.ts";

/** Adds what another sketch counted. */
export type MergeKeys = (into: TopCounts, other: TopCounts) => void;

/** Merges sketches in the machine of an engine, many into each. */
export interface KeyMerger {
  /** Until `settle` is called nobody else may read or change `into`. */
  readonly merge: MergeKeys;
  /** Puts what was merged into the sketches. */
  settle(): void;
}

/** Fewer keys are sooner merged here than handed over. */
const WORTH_A_SUM = 256;

/** What is not exact any more is merged here: the machine knows nothing of what may be missing. @param engine called when there is much to merge */
export function keyMerger(engine: () => LogEngine): KeyMerger {
  const sums = new Map<TopCounts, KeySum>();

  function sumOf(into: TopCounts): KeySum | null {
    const known = sums.get(into);
    if (known !== undefined) return known;
    const made = engine().openKeySum(into.columns);
    if (!made.add(into)) {
      made.close();
      return null;
    }
    sums.set(into, made);
    return made;
  }

  function settleOne(into: TopCounts): void {
    const sum = sums.get(into);
    if (sum === undefined) return;
    sums.delete(into);
    takeKeys(into, sum.read());
    sum.close();
  }

  return {
    merge(into, other) {
      const isExact = into.floor === 0 && other.floor === 0;
      if (isExact && (sums.has(into) || other.size >= WORTH_A_SUM) && sumOf(into)?.add(other) === true) return;
      settleOne(into);
      mergeTopCounts(into, other);
    },
    settle() {
      for (const into of sums.keys()) settleOne(into);
    },
  };
}
