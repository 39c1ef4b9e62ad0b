import type { Parameter } from "../reference/parameter.ts";
import { parseTime, type TimeUnit } from "../syntax/value/time.ts";

const UNITS: readonly TimeUnit[] = ["s", "m", "h", "d", "w"];

/** A time in seconds as Postfix reads it for this parameter, whose default says which unit a bare number has; null if it is none. */
export function secondsOf(text: string, parameter: Parameter): number | null {
  return parseTime(text, UNITS.find((unit) => unit === parameter.unit) ?? "s");
}
