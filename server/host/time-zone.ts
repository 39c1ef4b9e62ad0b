import type { Zone } from "@postmaster/core/log/log-time.ts";

const MINUTE = 60_000;

/**
 * Minutes east of UTC for `UTC`, `Z`, `+02:00`, `-0330`, or a name of the tz database such as `Europe/Berlin`; null is this machine's zone.
 * @throws RangeError for anything else, as Intl does
 */
export function timeZone(text: string | null): Zone {
  if (text === null) return localZone;
  if (text === "Z") return 0;
  const offset = readOffset(text);
  return offset ?? namedZone(text);
}

/** The offset at a local time. In the hour that a clock runs twice, the first. */
function localZone(localMs: number): number {
  const date = new Date(localMs);
  const local = new Date(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  );
  return -local.getTimezoneOffset();
}

/** `+02:00`, `+0200` or `+02`. */
function readOffset(text: string): number | null {
  const sign = text.startsWith("+") ? 1 : text.startsWith("-") ? -1 : 0;
  const digits = text.slice(1).replace(":", "");
  if (sign === 0 || (digits.length !== 2 && digits.length !== 4)) return null;
  for (const digit of digits) if (digit < "0" || digit > "9") return null;
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2) || "0");
  return hours > 23 || minutes > 59 ? null : sign * (hours * 60 + minutes);
}

function namedZone(name: string): Zone {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    throw new RangeError(`there is no time zone “${name}”`);
  }
  const offsetAt = (utcMs: number): number => {
    const parts = new Map(format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return Math.round((local - Math.floor(utcMs / 1000) * 1000) / MINUTE);
  };
  // A log has a hundred thousand lines in a few hours: the offset of each quarter of an hour is asked for once.
  let quarter = Number.NaN;
  let known = 0;
  return (localMs) => {
    const wanted = Math.floor(localMs / (15 * MINUTE));
    if (wanted !== quarter) {
      quarter = wanted;
      const start = wanted * 15 * MINUTE;
      const guess = offsetAt(start - offsetAt(start) * MINUTE);
      known = offsetAt(start - guess * MINUTE);
    }
    return known;
  };
}
