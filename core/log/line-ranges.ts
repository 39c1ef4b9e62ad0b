/** Lines from `start` to before `end`, from 0. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** A set of lines of a text that changes: ranges in order, which move with their lines. */
export interface LineRanges {
  readonly first: LineRange | null;
  /** Takes the first `count` lines of the first range out. */
  drop(count: number): void;
  /** `removed` lines from `at` on have become `added` others, which belong to the set or not. */
  replace(at: number, removed: number, added: number, areIn: boolean): void;
}

export function createLineRanges(): LineRanges {
  let ranges: readonly LineRange[] = [];
  return {
    get first() {
      return ranges[0] ?? null;
    },
    drop(count) {
      const [first, ...others] = ranges;
      if (first === undefined) return;
      const start = first.start + count;
      ranges = start < first.end ? [{ start, end: first.end }, ...others] : others;
    },
    replace(at, removed, added, areIn) {
      if (ranges.length === 0 && !areIn) return;
      const behind = at + removed;
      const grown = added - removed;
      const before = ranges
        .filter(({ start }) => start < at)
        .map(({ start, end }) => ({ start, end: Math.min(end, at) }));
      const after = ranges
        .filter(({ end }) => end > behind)
        .map(({ start, end }) => ({ start: Math.max(start, behind) + grown, end: end + grown }));
      ranges = [...before, ...(areIn && added > 0 ? [{ start: at, end: at + added }] : []), ...after];
    },
  };
}
