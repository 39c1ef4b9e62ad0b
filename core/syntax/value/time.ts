import { isDigitCode } from "../../text/ascii.ts";

export type TimeUnit = "s" | "m" | "h" | "d" | "w";

const SECONDS: Readonly<Record<TimeUnit, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const INT_MAX = 2_147_483_647;

function isUnit(letter: string): letter is TimeUnit {
  return Object.hasOwn(SECONDS, letter);
}

/**
 * A time value in seconds, or null if Postfix would refuse it. `defaultUnit` is the unit of the parameter's default. As in Postfix,
 * text after the unit letter is ignored: `5min` is five minutes, `1h30m` one hour.
 */
export function parseTime(text: string, defaultUnit: TimeUnit): number | null {
  let digits = 0;
  while (digits < text.length && isDigitCode(text.charCodeAt(digits))) digits += 1;
  if (digits === 0) return null;
  const letter = text.charAt(digits);
  const unit = letter === "" ? defaultUnit : letter;
  if (!isUnit(unit)) return null;
  const seconds = Number(text.slice(0, digits)) * SECONDS[unit];
  return seconds <= INT_MAX ? seconds : null;
}
