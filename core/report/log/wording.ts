import { countText } from "../../text/counted.ts";
import type { DelayRow } from "./log-report.ts";
import type { LoginVerdict } from "./login-tally.ts";
import type { ReasonKind } from "./tally.ts";

/** The words that reports for people share. */
export const STAGE_WORDS: Readonly<Record<DelayRow["stage"], string>> = {
  a: "before the queue manager",
  b: "in the queue manager",
  c: "connecting",
  d: "transmitting",
  total: "in all",
};

export const REASON_WORDS: Readonly<Record<ReasonKind, string>> = {
  deferred: "Why mail was deferred",
  bounced: "Why mail bounced",
  rejected: "Why mail was rejected",
};

export const VERDICT_WORDS: Readonly<Record<LoginVerdict, string>> = {
  guessing: "guesses passwords",
  "one-account": "one name only: an old password, or guessing",
  typo: "got in as well: a typo",
  unclear: "too little to tell",
};

/** In the order of alarm. */
export const VERDICTS: readonly LoginVerdict[] = ["guessing", "one-account", "unclear", "typo"];

/** Bytes in the unit that suits them, by thousands: `990 B`, `1.2 kB`, `45 MB`. */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? String(value) : short(value)} ${units[unit] ?? ""}`;
}

/** Seconds in the unit that suits them: `50 ms`, `3.2 s`, `4 min`, `2.5 h`, `3.1 d`. */
export function secondsText(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 120) return `${short(seconds)} s`;
  if (seconds < 7200) return `${short(seconds / 60)} min`;
  return seconds < 172_800 ? `${short(seconds / 3600)} h` : `${short(seconds / 86_400)} d`;
}

function short(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

/** The width of a slice of time: `a minute`, `5 minutes`, `an hour`, `3 days`. */
export function widthText(minutes: number): string {
  if (minutes === 1) return "a minute";
  if (minutes < 60) return `${minutes} minutes`;
  if (minutes === 60) return "an hour";
  if (minutes < 1440) return `${minutes / 60} hours`;
  return minutes === 1440 ? "a day" : `${countText(minutes / 1440)} days`;
}

/** `2026-11-09 06:04` of RFC 3339 text. */
export function minuteText(time: string | null): string {
  return time === null ? "" : time.slice(0, 16).replace("T", " ");
}

/** `1,200 lines, 99.3 % of them known`. */
export function linesText(lines: number, understood: number): string {
  if (lines === 0) return "No lines";
  return `${countText(lines)} ${lines === 1 ? "line" : "lines"}, ${shareText(understood, lines)} of them known`;
}

/** `99.9 %`; everything and nothing are said only where they are true. */
function shareText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0 %";
  if (part === whole) return "100 %";
  return `${Math.min(99.9, Math.max(0.1, Math.round((part / whole) * 1000) / 10))} %`;
}
