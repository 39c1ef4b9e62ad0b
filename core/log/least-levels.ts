import { knownMessages } from "./known-messages.ts";
import type { LogLevel } from "./log-line.ts";

// A build puts the result in this module's place (scripts/lib/ready-data.ts).

const ORDER: readonly LogLevel[] = ["info", "warning", "error", "fatal", "panic"];

/** The messages, by their ids, that are printed at a level worse than `info`: the least of their levels. */
export function leastLevels(): Readonly<Record<string, LogLevel>> {
  return Object.fromEntries(
    knownMessages.flatMap(({ id, levels }) => {
      const least = ORDER.find((level) => levels.includes(level));
      return least === undefined || least === "info" ? [] : [[id, least]];
    }),
  );
}
