import type { AfterStep } from "./fix-offer.ts";

export const NO_IREDAPD_REASON =
  "iRedAPD's settings.py was not found: add the line at its end by hand, or name the file in postmaster.iredapdSettings.";

export const RESTART_IREDAPD: readonly AfterStep[] = [{ kind: "restart", service: "iredapd" }];
