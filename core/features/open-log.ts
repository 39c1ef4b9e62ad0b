import type { LogDocument } from "../log/log-document.ts";
import { createIdIndex, type IdIndex } from "../trace/id-index.ts";
import { createLogCauses, type LogCauses } from "./cause/log-causes.ts";

/** A log in an editor that knows its mails and why its problems are there. */
export interface OpenLog extends LogDocument {
  /** Kept up to date by every change. */
  readonly ids: IdIndex;
  readonly causes: LogCauses;
}

/** `log` must be changed through the result only. */
export function openLog(log: LogDocument): OpenLog {
  const ids = createIdIndex(log);
  const causes = createLogCauses(log);
  return {
    get lineCount() {
      return log.lineCount;
    },
    lineText: (line) => log.lineText(line),
    line: (line) => log.line(line),
    problems: () => log.problems(),
    change(startLine, startCharacter, endLine, endCharacter, newText) {
      const before = log.lineCount;
      log.change(startLine, startCharacter, endLine, endCharacter, newText);
      ids.replaced(startLine, endLine, before);
      causes.replaced(Math.min(startLine, before - 1));
    },
    ids,
    causes,
  };
}
