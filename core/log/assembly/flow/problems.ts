import { allocate } from "../allocate";

/**
 * The lines that entries explain, by the entry's number: ProblemTally of core/report/log/problem-tally.ts. Of each, numbers of eight bytes: how many lines; the
 * first one's place in the part and its time; the same of the last; how many lines rejected, deferred and bounced mail; then how many fell into each stretch of
 * ten minutes. All of the present hour.
 */
const COUNT: usize = 0;
const FIRST_LINE: usize = 8;
const FIRST_MS: usize = 16;
const LAST_LINE: usize = 24;
const LAST_MS: usize = 32;
export const WHY_REJECTED: usize = 40;
export const WHY_DEFERRED: usize = 48;
export const WHY_BOUNCED: usize = 56;
const RECENT: usize = 64;
/** An hour that begins within a stretch reaches into seven, and a leap second beyond. */
const STRETCHES: usize = 8;
const PROBLEM: usize = 64 + 8 * 8;
const STRETCH_MS: f64 = 600_000;

let problems: usize = 0;
let entryCount: usize = 0;
/** The entries that explained a line, each once. */
let explaining: usize = 0;
let explainingEntryCount: i32 = 0;

export function createProblems(entries: i32): void {
  entryCount = <usize>entries;
  problems = allocate(entryCount * PROBLEM);
  explaining = allocate(entryCount << 2);
}

export function explainingEntries(): usize {
  return explaining;
}

export function explainingCount(): i32 {
  return explainingEntryCount;
}

export function clearProblems(): void {
  memory.fill(problems, 0, entryCount * PROBLEM);
  explainingEntryCount = 0;
}

export function problemList(): usize {
  return problems;
}

/** @param hourMs when the present hour began */
export function addProblem(entry: i32, line: f64, ms: f64, hourMs: f64): void {
  const problem = problems + <usize>entry * PROBLEM;
  const count = load<f64>(problem, COUNT);
  if (count == 0) {
    store<f64>(problem, line, FIRST_LINE);
    store<f64>(problem, ms, FIRST_MS);
    store<i32>(explaining + ((<usize>explainingEntryCount) << 2), entry);
    explainingEntryCount += 1;
  }
  store<f64>(problem, count + 1, COUNT);
  store<f64>(problem, line, LAST_LINE);
  store<f64>(problem, ms, LAST_MS);
  const stretch = <usize>(floor(ms / STRETCH_MS) - floor(hourMs / STRETCH_MS));
  const recent = problem + RECENT + (min(stretch, STRETCHES - 1) << 3);
  store<f64>(recent, load<f64>(recent) + 1);
}

/** A line says what became of a mail for this reason. @param outcome WHY_REJECTED, WHY_DEFERRED or WHY_BOUNCED */
export function addReason(entry: i32, outcome: usize): void {
  const count = problems + <usize>entry * PROBLEM + outcome;
  store<f64>(count, load<f64>(count) + 1);
}
