import {
  DELAY_BUCKETS,
  EARLY_MAIL_NUMBERS,
  EARLY_NUMBERS,
  FAILURE_NUMBERS,
  FLOW_TOTALS,
  type FlowCounts,
  type FlowHour,
  MAIL_NUMBERS,
  PROBLEM_NUMBERS,
  PROBLEM_OUTCOMES,
  PROBLEM_RECENT,
  VOLUME_COLUMNS,
} from "../../log/flow/flow-counts.ts";
import { decodeUtf8 } from "../../log/utf8.ts";
import { countEarlyAttempt, countReceivedBytes } from "./count-bytes.ts";
import { addDistinct } from "./distinct-count.ts";
import { addEarlyMail, type EarlyMail } from "./early-mails.ts";
import { addFailure } from "./login-tally.ts";
import { addMails as addTable, keepEarly, noteMail, sizeOf, takeUp } from "./mail-sizes.ts";
import { addProblemLines, type LinePlace, STRETCH } from "./problem-tally.ts";
import { REASON_KINDS, type Tally } from "./tally.ts";
import { bucketAt } from "./timeline.ts";
import { addKeys, countKey } from "./top-counts.ts";

const MINUTE = 60_000;
const SLOT_EMPTY = -1;
/** Fewer mails are sooner noted one by one than the machine's whole table is copied. */
const WORTH_A_TABLE = 1024;

/** Adds what the machine counted within an hour. @param entryAt the id of an entry by its number */
export function addFlowHour(tally: Tally, hour: FlowHour, entryAt: (entry: number) => string | null): void {
  addVolume(tally, hour);
  const { ms, problems, explaining } = hour;
  const firstStretch = Math.floor(ms / STRETCH);
  const placeAt = (at: number): LinePlace => ({
    source: 0,
    line: problems[at] ?? 0,
    ms: problems[at + 1] ?? Number.NaN,
  });
  for (const entry of explaining) {
    const entryId = entryAt(entry);
    if (entryId === null) continue;
    const at = entry * PROBLEM_NUMBERS;
    const count = problems[at] ?? 0;
    const recent = problems.subarray(at + PROBLEM_RECENT, at + PROBLEM_NUMBERS);
    const lines = { count, first: placeAt(at + 1), last: placeAt(at + 3), firstStretch, recent };
    addProblemLines(tally.problems, entryId, lines);
    for (const kind of REASON_KINDS) {
      const outcomes = problems[at + PROBLEM_OUTCOMES[kind]] ?? 0;
      const { entries } = tally.reasons[kind];
      if (outcomes > 0) entries.set(entryId, (entries.get(entryId) ?? 0) + outcomes);
    }
  }
}

function addVolume({ volume }: Tally, { localMs, volume: counts, firstMinute: minutesBefore }: FlowHour): void {
  const firstMinute = Math.floor(localMs / MINUTE) + minutesBefore;
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
  addFailures(tally, counts);
  for (const id of counts.deferred) addDistinct(tally.deferredMails, id);
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
  tally.logins.failed += of("loginsFailed");
  tally.events["login-failed"] += of("loginFailed");
  for (const kind of [
    "connected",
    "received",
    "queued",
    "delivered",
    "forwarded",
    "deferred",
    "bounced",
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

function addFailures({ logins }: Tally, { failures, keys: { failed } }: FlowCounts): void {
  const addresses = new Map<number, string>();
  for (let at = 0; at < failures.length; at += FAILURE_NUMBERS) {
    const [client = 0, attempts = 0, name = 0, ms = Number.NaN] = failures.subarray(at, at + FAILURE_NUMBERS);
    const start = failed.starts[client] ?? 0;
    const address = addresses.get(client) ?? decodeUtf8(failed.arena, start, failed.starts[client + 1] ?? start);
    addresses.set(client, address);
    addFailure(logins, address, attempts, name, ms);
  }
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

function addMails(tally: Tally, { mails, mailCount, early, earlyMails, earlySenders }: FlowCounts): void {
  let start = 0;
  for (let at = 0; at < earlyMails.length; at += EARLY_MAIL_NUMBERS) {
    const [id = 0, size = -1, localMs = Number.NaN, end = 0] = earlyMails.subarray(at, at + EARLY_MAIL_NUMBERS);
    takeUpEarly(tally, { id, size, localMs }, earlySenders, start, end);
    start = end;
  }
  for (let at = 0; at < early.length; at += EARLY_NUMBERS) {
    const attempt = { id: early[at] ?? 0, column: early[at + 1] ?? 0, localMs: early[at + 2] ?? Number.NaN };
    const size = sizeOf(tally.sizes, attempt.id);
    if (size < 0) keepEarly(tally.sizes, attempt);
    else countEarlyAttempt(tally, attempt, size);
  }
  if (mailCount >= WORTH_A_TABLE) {
    addTable(tally.sizes, { size: mailCount, slots: mails.slice() });
    return;
  }
  for (let at = 0; at < mails.length; at += MAIL_NUMBERS) {
    const id = mails[at] ?? SLOT_EMPTY;
    if (id !== SLOT_EMPTY) noteMail(tally.sizes, id, mails[at + 1] ?? 0);
  }
}

/** Lines that were counted before these may tell of it. */
function takeUpEarly(tally: Tally, mail: EarlyMail, senders: Uint8Array, start: number, end: number): void {
  const known = takeUp(tally.sizes, mail.id, mail.size);
  if (known === "unknown") addEarlyMail(tally.early, mail, senders, start, end);
  if (known !== "awaited") return;
  countKey(tally.senders, senders, start, end, 0);
  countReceivedBytes(tally, mail.size, mail.localMs);
}
