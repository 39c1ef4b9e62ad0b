import { type DistinctCount, distinctCount } from "./distinct-count.ts";
import { type DurationHistogram, durationHistogram } from "./duration-histogram.ts";
import { type EarlyMails, earlyMails } from "./early-mails.ts";
import { type LoginTally, loginTally } from "./login-tally.ts";
import { type MailSizes, mailSizes } from "./mail-sizes.ts";
import type { Problems } from "./problem-tally.ts";
import type { EventKind } from "./report-line.ts";
import { type Timeline, timeline } from "./timeline.ts";
import { type TopCounts, topCounts } from "./top-counts.ts";

/** What the volume over time is counted in: mails and recipients, then the bytes of those whose size is known. */
export const VOLUME = [
  "received",
  "delivered",
  "deferred",
  "bounced",
  "rejected",
  "received_bytes",
  "delivered_bytes",
  "deferred_bytes",
  "bounced_bytes",
] as const;
/** What bytes are counted by, in the order of their columns. */
export const SIZED = ["received", "delivered", "deferred", "bounced"] as const;
/** The first column of bytes. */
export const FIRST_BYTES = VOLUME.length - SIZED.length;
/** What became of the mail that went to one relay. */
const RELAY_OUTCOMES = ["delivered", "deferred", "bounced"] as const;
const DIRECTIONS = ["incoming", "outgoing"] as const;
/** Where a delivery spent its time, in the order of Postfix's `delays=a/b/c/d`, and in all. */
export const STAGES = ["a", "b", "c", "d", "total"] as const;

/** Keys that a list holds at least before its counts become approximate. */
const CAPACITY = 32_768;
/**
 * Everything a report counts, of any number of lines in bounded memory. Plain data: each worker fills its own, and they are merged in the order of the lines. Numbers of what
 * has no bound (addresses, hosts) are exact up to 65,536 different ones and then approximate, which the report says.
 */
export interface Tally {
  lines: number;
  /** Of these: with a message or an entry that is known. */
  understood: number;
  /** Of the first and the last moment told, ms since 1970; NaN without any. */
  firstMs: number;
  lastMs: number;
  /** Of the last line with a time. */
  endMs: number;
  readonly events: Record<EventKind, number>;
  rejectedTemporarily: number;
  toFilter: number;
  readonly deferredMails: DistinctCount;
  readonly volume: Timeline;
  readonly senders: TopCounts;
  readonly recipients: TopCounts;
  readonly clients: TopCounts;
  readonly rejectedClients: TopCounts;
  readonly relays: TopCounts;
  readonly tlsVersions: TopCounts;
  readonly delays: readonly DurationHistogram[];
  readonly logins: LoginTally;
  readonly problems: Problems;
  /** By the outcome: how often for which entry, or for which text where no entry knows the reason. */
  readonly reasons: Readonly<Record<ReasonKind, Reasons>>;
  readonly early: EarlyMails;
  readonly sizes: MailSizes;
  /** Bytes in all, as `SIZED`. */
  readonly bytes: Float64Array;
}

export const REASON_KINDS = ["deferred", "bounced", "rejected"] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

export interface Reasons {
  readonly entries: Map<string, number>;
  readonly texts: TopCounts;
}

export function emptyTally(): Tally {
  const reasons = (): Reasons => ({ entries: new Map(), texts: topCounts(1024, 1, false) });
  return {
    lines: 0,
    understood: 0,
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    endMs: Number.NaN,
    events: {
      received: 0,
      delivered: 0,
      forwarded: 0,
      deferred: 0,
      bounced: 0,
      expired: 0,
      rejected: 0,
      "reject-warning": 0,
      held: 0,
      discarded: 0,
      connected: 0,
      queued: 0,
      tls: 0,
      login: 0,
      "login-failed": 0,
    },
    rejectedTemporarily: 0,
    toFilter: 0,
    deferredMails: distinctCount(),
    volume: timeline(VOLUME.length),
    senders: topCounts(CAPACITY, 1, true),
    recipients: topCounts(CAPACITY, 1, true),
    clients: topCounts(CAPACITY, 1, true),
    rejectedClients: topCounts(CAPACITY, 1, true),
    relays: topCounts(CAPACITY, RELAY_OUTCOMES.length, true),
    tlsVersions: topCounts(64, DIRECTIONS.length, false),
    delays: STAGES.map(() => durationHistogram()),
    logins: loginTally(),
    problems: new Map(),
    reasons: { deferred: reasons(), bounced: reasons(), rejected: reasons() },
    early: earlyMails(),
    sizes: mailSizes(),
    bytes: new Float64Array(SIZED.length),
  };
}
