import type { Because } from "../../catalogue/because.ts";
import { entryById } from "../../catalogue/catalogue.ts";
import type { ExplainedLine } from "../../cause/explained-line.ts";
import { type Cause, findCauses } from "../../cause/find-causes.ts";
import type { Services } from "../../cause/service-program.ts";
import { type LogDocument, problemIndex } from "../../log/log-document.ts";

/** Why the problem lines of a log that changes are there. Nothing is looked for before it is asked for, and nothing twice. */
export interface LogCauses {
  /**
   * What led to a line, the nearest first, the root last; empty where no evidence ties an earlier line to it. The same array as long as it is the same.
   */
  of(line: number): readonly Cause[];
  /** The lines from `first` on, or the problems on them, have become others. */
  replaced(first: number): void;
  /** The services of the server's master.cf, by name, with the programs they run. */
  know(services: Services): void;
}

/** The rules that explain an entry's lines. */
export function rulesOf(entryId: string): readonly Because[] {
  return entryById(entryId)?.because ?? [];
}

/** Whether finding the cause of an entry's lines takes knowing which program runs behind a service. */
export function wantsServices(entryId: string): boolean {
  return rulesOf(entryId).some(({ service }) => service?.startsWith("{") === true);
}

export function createLogCauses(log: Pick<LogDocument, "problems" | "lineText" | "line">): LogCauses {
  /** By line, for those that were asked for. */
  const found = new Map<number, readonly Cause[]>();
  let services: Services = new Map();

  function* before(line: number): Iterable<ExplainedLine> {
    const problems = log.problems();
    for (let at = problemIndex(problems, line) - 1; at >= 0; at -= 1) {
      const problem = problems[at];
      if (problem === undefined) continue;
      yield { ...problem, text: log.lineText(problem.line), read: () => log.line(problem.line) };
    }
  }

  function look(line: number): readonly Cause[] {
    const problems = log.problems();
    const problem = problems[problemIndex(problems, line)];
    if (problem?.line !== line || rulesOf(problem.entryId).length === 0) return [];
    return findCauses({ ...problem, read: log.line(line) }, { before }, rulesOf, services);
  }

  return {
    of(line) {
      const known = found.get(line);
      if (known !== undefined) return known;
      const causes = look(line);
      if (found.size >= MOST_REMEMBERED) found.clear();
      found.set(line, causes);
      return causes;
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
