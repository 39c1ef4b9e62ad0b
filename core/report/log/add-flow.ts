import {
  DELAY_BUCKETS,
  EARLY_NUMBERS,
  FLOW_TOTALS,
  type FlowCounts,
  type FlowHour,
  MAIL_NUMBERS,
  PROBLEM_NUMBERS,
  PROBLEM_RECENT,
  PROBLEM_REJECTED,
  VOLUME_COLUMNS,
} from "../../log/flow/flow-counts.ts";
import { countEarlyAttempt } from "./count-bytes.ts";
import { keepEarly, noteMail, sizeOf } from "./mail-sizes.ts";
import { addProblemLines, type LinePlace, STRETCH } from "./problem-tally.ts";
import type { Tally } from "./tally.ts";
import { bucketAt } from "./timeline.ts";
import { addKeys } from "./top-counts.ts";

const MINUTE = 60_000;
const SLOT_EMPTY = -1;

/** Adds what the machine counted within an hour. @param entryAt the id of an entry by its number */
export function addFlowHour(tally: Tally, hour: FlowHour, entryAt: (entry: number) => string | null): void {
  addVolume(tally, hour);
  const { ms, problems } = hour;
  const firstStretch = Math.floor(ms / STRETCH);
  const placeAt = (at: number): LinePlace => ({
    source: 0,
    line: problems[at] ?? 0,
    ms: problems[at + 1] ?? Number.NaN,
  });
  for (let at = 0; at < problems.length; at += PROBLEM_NUMBERS) {
    const count = problems[at] ?? 0;
    const entryId = count === 0 ? null : entryAt(at / PROBLEM_NUMBERS);
    if (entryId === null) continue;
    const recent = problems.subarray(at + PROBLEM_RECENT, at + PROBLEM_NUMBERS);
    const lines = { count, first: placeAt(at + 1), last: placeAt(at + 3), firstStretch, recent };
    addProblemLines(tally.problems, entryId, lines);
    const rejected = problems[at + PROBLEM_REJECTED] ?? 0;
    const { entries } = tally.reasons.rejected;
    if (rejected > 0) entries.set(entryId, (entries.get(entryId) ?? 0) + rejected);
  }
}

function addVolume({ volume }: Tally, { localMs, volume: counts }: FlowHour): void {
  const firstMinute = Math.floor(localMs / MINUTE);
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] ?? 0;
    if (count === 0) continue;
    const column = at % VOLUME_COLUMNS;
    const bucket = bucketAt(volume, (firstMinute + (at - column) / VOLUME_COLUMNS) * MINUTE);
    bucket[column] = (bucket[column] ?? 0) + count;
  }
}

/**
 * Adds what the machine counted since the last time, to what TypeScript counted of the lines between.
 * @param lastTimed the last line with a time that TypeScript counted in this part, 0 without any
 */
export function addFlow(tally: Tally, counts: FlowCounts, lastTimed: number): void {
  const { keys } = counts;
  addTotals(tally, counts, lastTimed);
  addKeys(tally.senders, keys.senders);
  addKeys(tally.recipients, keys.recipients);
  addKeys(tally.clients, keys.clients);
  addKeys(tally.rejectedClients, keys.rejectedClients);
  addKeys(tally.relays, keys.relays);
  addKeys(tally.tlsVersions, keys.protocols);
  addKeys(tally.logins.successes, keys.logins);
  addDelays(tally, counts);
  addMails(tally, counts);
}

function addTotals(tally: Tally, { totals }: FlowCounts, lastTimed: number): void {
  const of = (name: (typeof FLOW_TOTALS)[number]): number => totals[FLOW_TOTALS.indexOf(name)] ?? 0;
  tally.lines += of("lines");
  tally.understood += of("understood");
  if (of("firstMs") < tally.firstMs || Number.isNaN(tally.firstMs)) tally.firstMs = of("firstMs");
  if (of("lastMs") > tally.lastMs || Number.isNaN(tally.lastMs)) tally.lastMs = of("lastMs");
  if (of("endLine") > lastTimed) tally.endMs = of("endMs");
  tally.toFilter += of("toFilter");
  tally.rejectedTemporarily += of("rejectedTemporarily");
  tally.logins.succeeded += of("logins");
  for (const kind of [
    "connected",
    "received",
    "queued",
    "delivered",
    "forwarded",
    "tls",
    "login",
    "rejected",
  ] as const) {
    tally.events[kind] += of(kind);
  }
  totals.subarray(FLOW_TOTALS.length).forEach((bytes, column) => {
    tally.bytes[column] = (tally.bytes[column] ?? 0) + bytes;
  });
}

function addDelays(tally: Tally, { delays }: FlowCounts): void {
  tally.delays.forEach((histogram, stage) => {
    const start = stage * (DELAY_BUCKETS + 1);
    for (let bucket = 0; bucket < DELAY_BUCKETS; bucket += 1) {
      const count = delays[start + bucket] ?? 0;
      histogram.buckets[bucket] = (histogram.buckets[bucket] ?? 0) + count;
      histogram.count += count;
    }
    histogram.largest = Math.max(histogram.largest, delays[start + DELAY_BUCKETS] ?? 0);
  });
}

function addMails(tally: Tally, { mails, early }: FlowCounts): void {
  for (let at = 0; at < early.length; at += EARLY_NUMBERS) {
    const attempt = { id: early[at] ?? 0, column: early[at + 1] ?? 0, localMs: early[at + 2] ?? Number.NaN };
    const size = sizeOf(tally.sizes, attempt.id);
    if (size < 0) keepEarly(tally.sizes, attempt);
    else countEarlyAttempt(tally, attempt, size);
  }
  for (let at = 0; at < mails.length; at += MAIL_NUMBERS) {
    const id = mails[at] ?? SLOT_EMPTY;
    if (id !== SLOT_EMPTY) noteMail(tally.sizes, id, mails[at + 1] ?? 0);
  }
}
