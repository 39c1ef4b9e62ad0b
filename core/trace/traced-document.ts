import type { LogDocument } from "../log/log-document.ts";
import { createIdIndex, type IdIndex } from "./id-index.ts";

/** A log in an editor that knows its mails. */
export interface TracedDocument extends LogDocument {
  /** Kept up to date by every change. */
  readonly ids: IdIndex;
}

/** `log` must be changed through the result only. */
export function traceDocument(log: LogDocument): TracedDocument {
  const ids = createIdIndex(log);
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
    },
    ids,
  };
}
