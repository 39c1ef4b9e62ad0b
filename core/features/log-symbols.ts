import { entryById } from "../catalogue/catalogue.ts";

/** The problems of one kind in a log, for an outline. */
export interface ProblemGroup {
  readonly entryId: string;
  readonly title: string;
  /** How many lines in all; `lines` has the first ones only. */
  readonly count: number;
  /** Zero-based, in order. */
  readonly lines: readonly number[];
}

/** Enough to jump through; an outline of 100,000 rows helps nobody. */
const LONGEST_GROUP = 200;

/** Problems by catalogue entry, in the order in which the kinds first appear. */
export function logSymbols(
  problems: Iterable<{ readonly line: number; readonly entryId: string }>,
): readonly ProblemGroup[] {
  const groups = new Map<string, { count: number; lines: number[] }>();
  for (const { line, entryId } of problems) {
    const group = groups.get(entryId) ?? { count: 0, lines: [] };
    group.count += 1;
    if (group.lines.length < LONGEST_GROUP) group.lines.push(line);
    groups.set(entryId, group);
  }
  return [...groups].flatMap(([entryId, group]) => {
    const entry = entryById(entryId);
    return entry === null ? [] : [{ entryId, title: entry.title, ...group }];
  });
}
