/**
 * What the machine has counted of plain lines. All of it lies in the machine's memory and is good until the next line is read: who wants to keep it copies it.
 */
export interface FlowCounts {
  /** Sums, in the order of FLOW_TOTALS. Times are NaN as long as no line was counted. */
  readonly totals: Float64Array;
  readonly keys: Readonly<Record<FlowKeys, FlowKeyTable>>;
  /** Pairs of a mail's fingerprint and its bytes: -2 as long as qmgr has not taken it up, -1 where that is not told. A pair of -1 first is none. As NumberTable of core/report/log/number-table.ts has them. */
  readonly mails: Float64Array;
  readonly mailCount: number;
  /** Deliveries of mails that these lines do not tell the size of: fingerprint, column of the bytes, local time. */
  readonly early: Float64Array;
  /** Mails that qmgr takes up and that these lines do not tell of: EARLY_MAIL_NUMBERS for each, which are the fingerprint, bytes, local time and where its sender stops in `earlySenders`. */
  readonly earlyMails: Float64Array;
  readonly earlySenders: Uint8Array;
  /** Fingerprints of mails that were put off, some of them more than once. */
  readonly deferred: Float64Array;
  /** Logins that failed: for each line that names an address FAILURE_NUMBERS, which are its place in `keys.failed`, attempts, the name's fingerprint (-1: not told) and ms since 1970. */
  readonly failures: Float64Array;
  /** For each stage of a delivery its histogram: DELAY_BUCKETS numbers, and the largest duration behind them. */
  readonly delays: Float64Array;
}

/** What was counted within one hour. */
export interface FlowHour {
  /** When it began: ms since 1970, and the same on the reader's clocks. */
  readonly ms: number;
  readonly localMs: number;
  /** VOLUME_COLUMNS numbers for each minute from the first one that has any on to the last. */
  readonly volume: Float64Array;
  /** The first one's place in the hour: 0 for that in which the hour began. */
  readonly firstMinute: number;
  /** The numbers of the entries that explained a line, each once. */
  readonly explaining: Int32Array;
  /** For each entry PROBLEM_NUMBERS: lines, the first one's place in the part and time, the last one's, the lines that rejected, deferred and bounced mail, then those in each ten minutes from the one the hour began in. */
  readonly problems: Float64Array;
}

export const FLOW_TOTALS = [
  "lines",
  "understood",
  "firstMs",
  "lastMs",
  "endMs",
  "endLine",
  "toFilter",
  "logins",
  "connected",
  "received",
  "queued",
  "delivered",
  "forwarded",
  "tls",
  "login",
  "rejected",
  "rejectedTemporarily",
  "deferred",
  "bounced",
  "loginFailed",
  "loginsFailed",
] as const;
/** Behind these: bytes received, delivered, deferred, bounced. */
export const FLOW_BYTES = 4;

/** The tables of keys, in the order of their numbers. */
export const FLOW_KEYS = [
  "senders",
  "recipients",
  "clients",
  "relays",
  "protocols",
  "logins",
  "rejectedClients",
  "failed",
] as const;
export type FlowKeys = (typeof FLOW_KEYS)[number];

/** How often keys were seen, as TopCounts of core/report/log/top-counts.ts has it. */
export interface FlowKeyTable {
  readonly size: number;
  readonly slots: Int32Array;
  readonly hashes: Int32Array;
  readonly starts: Int32Array;
  readonly arena: Uint8Array;
  readonly counts: Float64Array;
}

export const DELAY_STAGES = 5;
export const DELAY_BUCKETS = 512;
export const VOLUME_COLUMNS = 9;
export const PROBLEM_NUMBERS = 16;
/** Where in a problem the lines stand that said so of mail. */
export const PROBLEM_OUTCOMES = { rejected: 5, deferred: 6, bounced: 7 } as const;
/** Where in a problem its stretches begin. */
export const PROBLEM_RECENT = 8;
export const MAIL_NUMBERS = 2;
export const EARLY_NUMBERS = 3;
export const EARLY_MAIL_NUMBERS = 4;
export const FAILURE_NUMBERS = 4;
