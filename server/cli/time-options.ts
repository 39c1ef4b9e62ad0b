import { type TimeOptions } from "../host/time-reference.ts";
import { timeZone } from "../host/time-zone.ts";
import { UsageError } from "./exit-code.ts";
import type { Options, OptionTypes } from "./options.ts";

/** Of the verbs that read stamps. */
export const TIME: OptionTypes = { year: { type: "string" }, tz: { type: "string" } };

/** What `--year` and `--tz` say. @throws UsageError for what is none: before anything is read */
export function timeOptions(options: Options): TimeOptions {
  const zone = options.text("tz");
  try {
    timeZone(zone);
  } catch {
    throw new UsageError(`--tz takes a zone such as Europe/Berlin, UTC or +02:00, not “${zone ?? ""}”`);
  }
  return { year: options.number("year", 1), zone };
}
