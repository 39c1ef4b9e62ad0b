import { entryById } from "../catalogue/catalogue.ts";
import type { ProblemLine } from "../log/log-document.ts";

/** The problems of one kind in a log, for an outline. */
export interface ProblemGroup {
  readonly entryId: string;
  readonly title: string;
  /** How many lines in all; `problems` has the first ones only. */
  readonly count: number;
  /** In the order of lines. */
  readonly problems: readonly ProblemLine[];
}

/** Enough to jump through; an outline of 100,000 rows helps nobody. */
const LONGEST_GROUP = 200;

/** Problems by catalogue entry, in the order in which the kinds first appear. */
export function logSymbols(problems: Iterable<ProblemLine>): readonly ProblemGroup[] {
  const groups = new Map<string, { count: number; problems: ProblemLine[] }>();
  for (const problem of problems) {
    const group = groups.get(problem.entryId) ?? { count: 0, problems: [] };
    group.count += 1;
    if (group.problems.length < LONGEST_GROUP) group.problems.push(problem);
    groups.set(problem.entryId, group);
  }
  return [...groups].flatMap(([entryId, group]) => {
    const entry = entryById(entryId);
    return entry === null ? [] : [{ entryId, title: entry.title, ...group }];
  });
}
