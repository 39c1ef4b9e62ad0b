import type { Decision } from "../../model/route/decision.ts";
import { indexLines } from "../../text/line-index.ts";

/** Where a decision stands: the file's path and the 1-based line. */
export interface DecisionPlace {
  readonly path: string;
  readonly line: number;
}

/** Null if it stands in no file. */
export function decisionPlace({ file, span }: Decision): DecisionPlace | null {
  if (file === null || span === null) return null;
  return { path: file.path, line: indexLines(file.text).positionAt(span.start).line + 1 };
}
