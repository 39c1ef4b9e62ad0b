import type { LogDocument } from "../log/log-document.ts";
import { createIdIndex, type IdIndex } from "../trace/id-index.ts";
import { createLogCauses, type LogCauses } from "./cause/log-causes.ts";
import { createProblemList, type ProblemList } from "./log-diagnostics.ts";

/** A log in an editor that knows its mails, what to say of its problems, and why they are there. */
export interface OpenLog extends Omit<LogDocument, "watch"> {
  /** Kept up to date by every change. */
  readonly ids: IdIndex;
  readonly causes: LogCauses;
  readonly list: ProblemList;
}

/** `log` must be changed through the result only. */
export function openLog(log: LogDocument): OpenLog {
  const ids = createIdIndex(log);
  const causes = createLogCauses(log);
  const list = createProblemList(log, (line) => causes.of(line));
  log.watch((first) => {
    causes.replaced(first);
    list.replaced(first);
  });
  return {
    get lineCount() {
      return log.lineCount;
    },
    lineText: (line) => log.lineText(line),
    line: (line) => log.line(line),
    change(startLine, startCharacter, endLine, endCharacter, newText) {
      const before = log.lineCount;
      const replaced = log.change(startLine, startCharacter, endLine, endCharacter, newText);
      ids.replaced(replaced.first, replaced.last, before);
      return replaced;
    },
    get isRead() {
      return log.isRead;
    },
    reading: () => log.reading(),
    problems: () => log.problems(),
    counts: () => log.counts(),
    ids,
    causes,
    list,
  };
}
