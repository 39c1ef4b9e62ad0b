import { entries } from "../../catalogue/entries.ts";
import type { LogLevel } from "../../log/log-line.ts";

// A build puts the result in this module's place (scripts/lib/ready-data.ts).

/** What the catalogue names as a cause of other lines. */
export interface PossibleCauses {
  /** Ids of entries and of messages. */
  readonly lines: readonly string[];
  readonly levels: readonly LogLevel[];
}

export function possibleCauses(): PossibleCauses {
  const rules = entries.flatMap(({ because }) => because);
  return {
    lines: [...new Set(rules.flatMap(({ lines }) => lines))],
    levels: [...new Set(rules.flatMap(({ levels }) => levels))],
  };
}
