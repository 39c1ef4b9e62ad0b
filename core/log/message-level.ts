import { leastLevels } from "./least-levels.ts";
import type { LogLevel } from "./log-line.ts";

let known: ReadonlyMap<string, LogLevel> | null = null;

/**
 * How bad a line is: as its header or a word in it says, else as the program's source prints this message. Syslog files
 * do not keep the priority, so lines of the neighbours seldom say it themselves. Where a message comes in several
 * levels the least stands.
 */
export function levelOf(said: LogLevel, messageId: string | null): LogLevel {
  if (said !== "info" || messageId === null) return said;
  known ??= new Map(Object.entries(leastLevels()));
  return known.get(messageId) ?? said;
}
