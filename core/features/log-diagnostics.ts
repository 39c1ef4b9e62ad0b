import { entryById } from "../catalogue/catalogue.ts";
import type { CatalogueEntry, EntrySeverity } from "../catalogue/entry.ts";
import type { Cause } from "../cause/find-causes.ts";
import { type LogDocument, type ProblemLine, problemIndex } from "../log/log-document.ts";
import { countText } from "../text/counted.ts";
import type { Span } from "../text/span.ts";
import { causeMessage, causeSentence } from "./cause/cause-words.ts";
import { entryAddress } from "./entry-markdown.ts";
import { shownValuesOf } from "./line-values.ts";
import { problemMessage } from "./problem-message.ts";
import type { Settings } from "./settings.ts";
import { tellingSpan } from "./telling-span.ts";

/** A problem line of a log. */
export interface LogProblem {
  /** Zero-based. */
  readonly line: number;
  /** UTF-16 code units from the start of the line. */
  readonly span: Span;
  readonly severity: EntrySeverity;
  /** The catalogue entry's id. */
  readonly code: string;
  /** Where to read on. */
  readonly href: string | null;
  /** Plain text without control characters; the title and one sentence about this line, a line break between. */
  readonly message: string;
  /** Nobody has to do anything about it. */
  readonly isBenign: boolean;
  /** The earlier lines that led to this one, the nearest first, the root last. */
  readonly causes: readonly CauseLine[];
}

/** An earlier line of the same log. */
export interface CauseLine {
  /** Zero-based. */
  readonly line: number;
  readonly span: Span;
  /** As logged, plain text without control characters. */
  readonly message: string;
}

/** The part of a log document that diagnostics need. */
export type ProblemLines = Pick<LogDocument, "problems" | "counts" | "lineText" | "line">;

/** What led to a line of the log. The same array as long as it is the same. */
type CausesOf = (line: number) => readonly Cause[];

export type ProblemLimits = Pick<Settings, "maxPerEntry" | "maxProblems" | "showBenign">;

/** The listed problems of a log that changes. */
export interface ProblemList {
  /**
   * One problem a line, from the start of the log. A busy log has 100,000 of a kind, so both each kind and the whole are capped; the last one listed of what
   * was cut short says how many more there are. The same array as the last time if nothing in it is another, and in a new one the same object for a problem
   * that is the same: a line behind those listed costs that line.
   */
  of(limits: ProblemLimits): ProblemListing;
  /** Does beforehand what takes time of that, and pauses after each problem. */
  preparing(limits: ProblemLimits): Generator<void>;
  /** The lines from `first` on, or the problems on them, have become others. */
  replaced(first: number): void;
}

export interface ProblemListing {
  readonly problems: readonly LogProblem[];
  /** Stays the same object as long as nothing but the numbers of what is not listed has changed. */
  readonly listed: object;
}

interface Listed {
  readonly problem: ProblemLine;
  readonly entry: CatalogueEntry;
  made: { readonly from: string; readonly causes: readonly Cause[]; readonly problem: LogProblem } | null;
}

const NO_LIMITS: ProblemLimits = { maxPerEntry: 0, maxProblems: 0, showBenign: false };

export function createProblemList(log: ProblemLines, causesOf: CausesOf): ProblemList {
  let limits = NO_LIMITS;
  /** Found in the first `seen` problems of the log. */
  let listed: Listed[] = [];
  let seen = 0;
  const shown = new Map<string, number>();
  let last: ProblemListing = { problems: [], listed: {} };

  function forget(): void {
    listed = [];
    seen = 0;
    shown.clear();
  }

  function isWanted({ severity }: CatalogueEntry): boolean {
    return severity !== "hint" || limits.showBenign;
  }

  function look(): void {
    const problems = log.problems();
    for (; seen < problems.length && listed.length < limits.maxProblems; seen += 1) {
      const problem = problems[seen];
      const entry = problem === undefined ? null : entryById(problem.entryId);
      if (problem === undefined || entry === null || !isWanted(entry)) continue;
      const count = shown.get(entry.id) ?? 0;
      if (count >= limits.maxPerEntry) continue;
      shown.set(entry.id, count + 1);
      listed.push({ problem, entry, made: null });
    }
  }

  /** What is said behind the problems that are the last listed of something, by their index. */
  function remarks(): ReadonlyMap<number, string> {
    const found = new Map<number, string>();
    const lastOf = new Map<string, number>();
    for (const [index, { entry }] of listed.entries()) lastOf.set(entry.id, index);
    let total = 0;
    let kinds = 0;
    for (const [id, count] of log.counts()) {
      const entry = entryById(id);
      if (entry === null || !isWanted(entry)) continue;
      total += count;
      kinds += 1;
      const index = lastOf.get(id);
      const more = count - (shown.get(id) ?? 0);
      if (index !== undefined && more > 0)
        found.set(index, `\n${countText(more)} more of this kind are in this log and not listed.`);
    }
    if (kinds > 1 && total > listed.length) {
      const index = listed.length - 1;
      const more = `\n${countText(total - listed.length)} problems of this log in all are not listed.`;
      found.set(index, (found.get(index) ?? "") + more);
    }
    return found;
  }

  /** @returns whether anything but its remark is another than before */
  function make(one: Listed, remark: string): boolean {
    const { problem, entry, made } = one;
    const causes = causesOf(problem.line);
    const isSame =
      made?.problem.line === problem.line && (made.causes === causes || made.causes.length + causes.length === 0);
    if (!isSame || made.from !== remark) {
      one.made = { from: remark, causes, problem: toProblem(log, problem, entry, causes, remark) };
    }
    return !isSame;
  }

  function use({ maxPerEntry, maxProblems, showBenign }: ProblemLimits): void {
    const { maxPerEntry: perEntry, maxProblems: most, showBenign: benign } = limits;
    if (perEntry !== maxPerEntry || most !== maxProblems || benign !== showBenign) {
      limits = { maxPerEntry, maxProblems, showBenign };
      forget();
    }
    look();
  }

  return {
    *preparing(wanted) {
      use(wanted);
      for (let index = 0; index < listed.length; index += 1) {
        const { problem, entry, made } = listed[index] ?? { made: null };
        if (problem === undefined || entry === undefined || made !== null) continue;
        tell(log, problem, entry);
        causesOf(problem.line);
        yield;
      }
    },
    of(wanted) {
      use(wanted);
      const remarked = remarks();
      let isOther = listed.length !== last.problems.length;
      const problems = listed.flatMap((one, index) => {
        if (make(one, remarked.get(index) ?? "")) isOther = true;
        return one.made?.problem ?? [];
      });
      if (isOther) last = { problems, listed: {} };
      else if (problems.some((problem, index) => problem !== last.problems[index])) last = { ...last, problems };
      return last;
    },
    replaced(first) {
      // What stands above stays as it is, and no problem below has come to lie above.
      for (let end = listed.at(-1); end !== undefined && end.problem.line >= first; end = listed.at(-1)) {
        listed.pop();
        shown.set(end.entry.id, (shown.get(end.entry.id) ?? 0) - 1);
      }
      seen = Math.min(seen, problemIndex(log.problems(), first));
    },
  };
}

/** The listed problems of a log that does not change. */
export function logDiagnostics(log: ProblemLines, limits: ProblemLimits, causesOf: CausesOf): readonly LogProblem[] {
  return createProblemList(log, causesOf).of(limits).problems;
}

/** What is said of a line whatever stands around it, wherever it moves. */
const told = new WeakMap<ProblemLine, { readonly span: Span; readonly words: string }>();

function tell(log: ProblemLines, problem: ProblemLine, entry: CatalogueEntry): { span: Span; words: string } {
  const known = told.get(problem);
  if (known !== undefined) return known;
  const text = log.lineText(problem.line);
  const line = log.line(problem.line);
  const made = { span: tellingSpan(text, line), words: problemMessage(entry, shownValuesOf(line.entry)) };
  told.set(problem, made);
  return made;
}

function toProblem(
  log: ProblemLines,
  problem: ProblemLine,
  entry: CatalogueEntry,
  causes: readonly Cause[],
  remark: string,
): LogProblem {
  const { span, words } = tell(log, problem, entry);
  return {
    line: problem.line,
    span,
    severity: entry.severity,
    code: entry.id,
    href: entryAddress(entry),
    message: [words, causeSentence(causes)].filter((part) => part !== null).join("\n") + remark,
    isBenign: entry.severity === "hint",
    causes: causes.map((cause) => ({
      line: cause.line,
      span: tellingSpan(cause.text, cause.read),
      message: causeMessage(cause),
    })),
  };
}
