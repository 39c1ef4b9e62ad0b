import type { Zone } from "@postmaster/core/log/log-time.ts";
import { timeZone } from "../host/time-zone.ts";
import { UsageError } from "./exit-code.ts";

/** The zone that `--tz` names; without it this machine's. @throws UsageError */
export function zoneOption(text: string | null): Zone {
  try {
    return timeZone(text);
  } catch {
    throw new UsageError(`--tz takes a zone such as Europe/Berlin, UTC or +02:00, not “${text}”`);
  }
}
