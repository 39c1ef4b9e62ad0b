import type { EditOffer } from "../fixes/fix-offer.ts";
import type { MailServer } from "../model/mail-server.ts";
import { baseName } from "../model/paths.ts";
import { textOf } from "../text/span.ts";
import type { CheckedValue } from "./checked-values.ts";
import { editOffer } from "./edit-offer.ts";
import { nameInMessage } from "./name-in-message.ts";

const KILO = 1024;
const SIZE = /^(\d{1,9}) ?([kmg])(?:i?b)?$/i;
const POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3 };
const TIME = /^(\d{1,9}) ?([a-z]{1,7})$/i;
/** What people write for the letters that Postfix knows; a single capital letter may mean another unit, such as months. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  s: ["s", "sec", "secs", "second", "seconds"],
  m: ["m", "min", "mins", "minute", "minutes"],
  h: ["h", "hr", "hrs", "hour", "hours"],
  d: ["d", "day", "days"],
  w: ["w", "wk", "week", "weeks"],
};

const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  yes: ["true", "on", "1", "y", "enable", "enabled"],
  no: ["false", "off", "0", "n", "disable", "disabled"],
};

/** Bytes as digits for a size with a unit, such as `52428800` for `50M` or `50 MB`; null for anything else. */
export function meantSize(text: string): string | null {
  const [, digits = "", unit = ""] = SIZE.exec(text) ?? [];
  const power = POWERS[unit.toLowerCase()];
  const bytes = power === undefined ? Number.NaN : Number(digits) * KILO ** power;
  return Number.isSafeInteger(bytes) ? String(bytes) : null;
}

/** `yes` or `no` for how other programs write a switch; null for anything else. */
export function meantBoolean(text: string): string | null {
  const word = text.toLowerCase();
  const [meant] = Object.entries(SWITCHES).find(([, words]) => words.includes(word)) ?? [];
  return meant ?? null;
}

/** A time as Postfix takes it, such as `5d` for `5 days`; null for anything else. */
export function meantTime(text: string): string | null {
  const [, digits = "", word = ""] = TIME.exec(text) ?? [];
  const spelt = word.length === 1 ? word : word.toLowerCase();
  const [unit] = Object.entries(UNITS).find(([, words]) => words.includes(spelt)) ?? [];
  return unit === undefined ? null : digits + unit;
}

/** Writes what was most likely meant for a value that stands in the file as it is. To be reviewed: only the owner knows. */
export function meantFixes(
  server: MailServer,
  ruleId: string,
  { file, name, value, valueSpan }: CheckedValue,
  meant: string | null,
): readonly EditOffer[] {
  if (meant === null || textOf(file.text, valueSpan) !== value) return [];
  const fix = {
    id: `${ruleId}/meant`,
    title: `Write ${meant} instead of ${nameInMessage(value)} for ${nameInMessage(name)} in ${baseName(file.path)}`,
    safety: "review",
    cost: "The programs that read it start again, with this value.",
    reload: true,
  } as const;
  return [editOffer(server, fix, file, [{ span: valueSpan, newText: meant }])];
}
