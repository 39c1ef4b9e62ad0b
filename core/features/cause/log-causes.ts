import type { Because } from "../../catalogue/because.ts";
import { entryById } from "../../catalogue/catalogue.ts";
import { elapsed } from "../../cause/elapsed.ts";
import type { ExplainedLine } from "../../cause/explained-line.ts";
import { type Cause, findCauses } from "../../cause/find-causes.ts";
import type { Services } from "../../cause/service-program.ts";
import { type LogDocument, type ProblemLine, problemIndex } from "../../log/log-document.ts";
import type { LogTime } from "../../log/log-line.ts";

/** Why the problem lines of a log that changes are there. Nothing is looked for before it is asked for, and nothing twice. */
export interface LogCauses {
  /**
   * What led to a line, the nearest first, the root last; empty where no evidence ties an earlier line to it. The same array as long as it is the same.
   */
  of(line: number): readonly Cause[];
  /** Whether the evidence for the last line found may stand before this log's first line: in the file that was rotated away. */
  mayReachBefore(line: number): boolean;
  /** As `of`, with the end of the file that was rotated away. Not remembered. */
  across(line: number, older: CauseLines): readonly PlacedCause[];
  /** The lines from `first` on, or the problems on them, have become others. */
  replaced(first: number): void;
  /** The services of the server's master.cf, by name, with the programs they run. */
  know(services: Services): void;
}

/** The part of a log that causes are found in. */
export type CauseLines = Pick<LogDocument, "problems" | "lineText" | "line" | "lineCount">;

/** A cause in one of two files. */
export interface PlacedCause extends Cause {
  /** The line is one of the older file's. */
  readonly isOlder: boolean;
}

/** The rules that explain an entry's lines. */
export function rulesOf(entryId: string): readonly Because[] {
  return entryById(entryId)?.because ?? [];
}

/** Whether finding the cause of an entry's lines takes knowing which program runs behind a service. */
export function wantsServices(entryId: string): boolean {
  return rulesOf(entryId).some(({ service }) => service?.startsWith("{") === true);
}

export function createLogCauses(log: CauseLines): LogCauses {
  /** By line, for those that were asked for. */
  const found = new Map<number, readonly Cause[]>();
  let services: Services = new Map();

  function look(line: number, before: (line: number) => Iterable<ExplainedLine>): readonly Cause[] {
    const problem = problemOn(line);
    if (problem === null || rulesOf(problem.entryId).length === 0) return [];
    return findCauses({ ...problem, read: log.line(line) }, { before }, rulesOf, services);
  }

  function problemOn(line: number): ProblemLine | null {
    const problems = log.problems();
    const problem = problems[problemIndex(problems, line)];
    return problem?.line === line ? problem : null;
  }

  function of(line: number): readonly Cause[] {
    const known = found.get(line);
    if (known !== undefined) return known;
    const causes = look(line, (from) => linesBefore(log, from, 0));
    if (found.size >= MOST_REMEMBERED) found.clear();
    found.set(line, causes);
    return causes;
  }

  return {
    of,
    mayReachBefore(line) {
      const last = of(line).at(-1) ?? problemOn(line);
      if (last === null) return false;
      const within = Math.max(0, ...rulesOf(last.entryId).map((rule) => rule.within));
      const ms = elapsed(firstTime(log), log.line(last.line).time);
      return ms !== null && Math.abs(ms) <= within * 1000;
    },
    across(line, older) {
      // The older file's lines are counted down from -1.
      const { lineCount } = older;
      function* before(from: number): Iterable<ExplainedLine> {
        if (from > 0) yield* linesBefore(log, from, 0);
        yield* linesBefore(older, Math.min(lineCount, lineCount + from), -lineCount);
      }
      return look(line, before).map((cause) =>
        cause.line < 0 ? { ...cause, line: cause.line + lineCount, isOlder: true } : { ...cause, isOlder: false },
      );
    },
    replaced(first) {
      // A cause comes before: what stands above a change keeps its own. Appending a line forgets nothing.
      for (const line of found.keys()) if (line >= first) found.delete(line);
    },
    know(now) {
      if (now.size === services.size && [...now].every(([name, program]) => services.get(name) === program)) return;
      services = now;
      found.clear();
    },
  };
}

const MOST_REMEMBERED = 5000;

/** @param shift added to the lines' numbers */
function* linesBefore(log: CauseLines, line: number, shift: number): Iterable<ExplainedLine> {
  const problems = log.problems();
  for (let at = problemIndex(problems, line) - 1; at >= 0; at -= 1) {
    const problem = problems[at];
    if (problem === undefined) continue;
    const { entryId, line: own } = problem;
    yield { line: own + shift, entryId, text: log.lineText(own), read: () => log.line(own) };
  }
}

/** Lines without a time that are passed over. */
const MOST_TIMELESS = 50;

/** When a log begins; null where its first lines do not tell. */
export function firstTime({ line, lineCount }: Pick<CauseLines, "line" | "lineCount">): LogTime | null {
  for (let at = 0; at < Math.min(lineCount, MOST_TIMELESS); at += 1) {
    const { time } = line(at);
    if (time !== null) return time;
  }
  return null;
}

/** When it ends. */
export function lastTime({ line, lineCount }: Pick<CauseLines, "line" | "lineCount">): LogTime | null {
  for (let at = lineCount - 1; at >= Math.max(0, lineCount - MOST_TIMELESS); at -= 1) {
    const { time } = line(at);
    if (time !== null) return time;
  }
  return null;
}
