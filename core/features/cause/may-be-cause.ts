import type { LogLevel } from "../../log/log-line.ts";
import { possibleCauses } from "./possible-causes.ts";

const { lines, levels } = possibleCauses();
const LINES: ReadonlySet<string> = new Set(lines);
const LEVELS: ReadonlySet<LogLevel> = new Set(levels);

/** Whether a line can be the cause of any other. */
export function mayBeCause(entryId: string, messageId: string | null, level: LogLevel): boolean {
  return LEVELS.has(level) || LINES.has(entryId) || (messageId !== null && LINES.has(messageId));
}
