import type { RestrictionStep } from "../../restrictions.ts";
import type { AdmissionContext, Position } from "../admission-context.ts";
import type { Outcome } from "../outcome.ts";

/** What one restriction of smtpd(8) says about a session, at one stage of it. Names are in lower case, aliases included. */
export type Check = (
  context: AdmissionContext,
  position: Position,
  step: RestrictionStep,
) => Outcome | Promise<Outcome>;

export type Checks = Readonly<Record<string, Check>>;
