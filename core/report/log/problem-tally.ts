/** Windows of "what is new" consist of stretches of so many milliseconds. */
export const STRETCH = 600_000;
/** Stretches kept for each problem: two days and a little. */
const KEPT = 300;

/** Where and when a line was written. */
export interface LinePlace {
  /** Which of the logs, as the caller counts them: told when parts are merged. */
  readonly source: number;
  /** From 1. */
  readonly line: number;
  /** ms since 1970; NaN for a line without a time. */
  readonly ms: number;
}

/** How often an entry of the catalogue explained a line. */
export interface ProblemTally {
  count: number;
  first: LinePlace;
  last: { -readonly [Key in keyof LinePlace]: LinePlace[Key] };
  /** Of the last two days: lines by STRETCH. */
  readonly recent: Map<number, number>;
}

/** Where a part of a log comes from. */
export interface PartOrigin {
  readonly source: number;
  readonly linesBefore: number;
}

/** Plain data, by the entry's id: bounded by the catalogue. */
export type Problems = Map<string, ProblemTally>;

export function addProblem(problems: Problems, entryId: string, line: number, ms: number): void {
  const problem = problems.get(entryId) ?? beginProblem(problems, entryId, { source: 0, line, ms });
  problem.count += 1;
  problem.last.line = line;
  problem.last.ms = ms;
  if (!Number.isNaN(ms)) addRecent(problem.recent, Math.floor(ms / STRETCH), 1);
}

/** Lines of one hour that an entry explains. */
export interface ProblemLines {
  readonly count: number;
  readonly first: LinePlace;
  readonly last: LinePlace;
  /** How many fell into each stretch from this one on. */
  readonly firstStretch: number;
  readonly recent: Float64Array;
}

/** Adds lines that may stand before those that were added already, or between them. */
export function addProblemLines(problems: Problems, entryId: string, lines: ProblemLines): void {
  const problem = problems.get(entryId) ?? beginProblem(problems, entryId, lines.first);
  problem.count += lines.count;
  if (lines.first.line < problem.first.line) problem.first = lines.first;
  if (lines.last.line > problem.last.line) problem.last = { ...lines.last };
  lines.recent.forEach((count, index) => {
    if (count > 0) addRecent(problem.recent, lines.firstStretch + index, count);
  });
}

function beginProblem(problems: Problems, entryId: string, place: LinePlace): ProblemTally {
  const problem = { count: 0, first: place, last: { ...place }, recent: new Map<number, number>() };
  problems.set(entryId, problem);
  return problem;
}

/** @param from which log `later` was counted in, behind `into`, and how many lines of that log stand before it */
export function mergeProblems(into: Problems, later: Problems, { source, linesBefore }: PartOrigin): void {
  const moved = ({ line, ms }: LinePlace): ProblemTally["last"] => ({ source, line: line + linesBefore, ms });
  for (const [entryId, theirs] of later) {
    const mine = into.get(entryId);
    if (mine === undefined) {
      const [first, last] = [moved(theirs.first), moved(theirs.last)];
      into.set(entryId, { count: theirs.count, first, last, recent: new Map(theirs.recent) });
      continue;
    }
    mine.count += theirs.count;
    mine.last = moved(theirs.last);
    for (const [stretch, count] of theirs.recent) addRecent(mine.recent, stretch, count);
  }
}

function addRecent(recent: Map<number, number>, stretch: number, count: number): void {
  recent.set(stretch, (recent.get(stretch) ?? 0) + count);
  if (recent.size < KEPT * 2) return;
  const newest = [...recent.keys()].sort((one, other) => other - one).slice(0, KEPT);
  const kept = new Set(newest);
  for (const known of recent.keys()) if (!kept.has(known)) recent.delete(known);
}
