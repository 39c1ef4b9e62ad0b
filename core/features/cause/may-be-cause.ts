import type { LogLevel } from "../../log/log-line.ts";
import { possibleCauses } from "./possible-causes.ts";

const { lines, levels } = possibleCauses();
const LINES: ReadonlySet<string> = new Set(lines);

/** Levels of which any line may be the cause of another. */
export const CAUSE_LEVELS: ReadonlySet<LogLevel> = new Set(levels);

/** Whether an entry, or a message, is named as a cause of other lines. */
export function isNamedAsCause(id: string): boolean {
  return LINES.has(id);
}

/** Whether a line can be the cause of any other. */
export function mayBeCause(entryId: string, messageId: string | null, level: LogLevel): boolean {
  return CAUSE_LEVELS.has(level) || LINES.has(entryId) || (messageId !== null && LINES.has(messageId));
}
