import { type Decision, type Undecided } from "../../model/route/decision.ts";

/** One step of a route in words. */
export interface RouteLine {
  /** A step on the way, the head of a final recipient, or something wrong. */
  readonly kind: "step" | "recipient" | "problem";
  /** What the step is about, one or two words; empty for a recipient. */
  readonly label: string;
  /** Plain text of one line, addresses and values as they are: to be made harmless for where it is shown. */
  readonly text: string;
  /** What decided it; null: nothing that is written. */
  readonly decision: Decision | null;
}

export function undecidedLine({ kind, parameter, reason }: Undecided): RouteLine {
  const label = kind === "failed" ? "fails" : "unknown";
  const then = kind === "failed" ? ": mail waits until it works" : "";
  return { kind: "problem", label, text: `${parameter}: ${reason}${then}`, decision: null };
}
