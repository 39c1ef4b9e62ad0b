import type { EntrySeverity } from "../catalogue/entry.ts";
import type { FindingSeverity } from "./finding.ts";

const SEVERITIES: Readonly<Record<EntrySeverity, FindingSeverity>> = {
  error: "error",
  warning: "warning",
  information: "info",
  hint: "hint",
};

/** How reports call a severity. */
export function findingSeverity(severity: EntrySeverity): FindingSeverity {
  return SEVERITIES[severity];
}
