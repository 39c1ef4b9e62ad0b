import type { Zone } from "../../log/log-time.ts";
import { zoneOffset } from "./line-clock.ts";

/** A moment as RFC 3339 text of whole seconds in a zone; null for NaN and for what RFC 3339 cannot write. */
export function localTime(ms: number, zone: Zone): string | null {
  const offset = zoneOffset(ms, zone);
  const local = ms + offset * 60_000;
  if (Number.isNaN(local) || local < YEAR_0 || local >= YEAR_10000) return null;
  const text = new Date(local).toISOString().slice(0, "2026-11-28T03:30:00".length);
  if (offset === 0) return `${text}Z`;
  const minutes = Math.abs(Math.trunc(offset));
  return `${text}${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const YEAR_0 = -62_167_219_200_000;
const YEAR_10000 = 253_402_300_800_000;

function two(value: number): string {
  return String(value).padStart(2, "0");
}
