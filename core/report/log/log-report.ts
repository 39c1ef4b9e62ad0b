import type { EntrySeverity, Fault } from "../../catalogue/entry.ts";
import type { LoginVerdict } from "./login-tally.ts";
import type { ReasonKind, SIZED, STAGES, VOLUME } from "./tally.ts";

/**
 * What a report says, as `postmaster report --json` writes it (docs/report.md). Times are RFC 3339 in the reader's zone; strings of the log are as logged and
 * hostile. What the log does not tell is null.
 */
export interface LogReport {
  readonly format: "postmaster-report";
  /** Grows when a member changes its meaning or goes; new ones may come without that. */
  readonly version: 1;
  readonly logs: readonly ReportedLog[];
  /** All lines, and those whose message or entry is known. */
  readonly lines: number;
  readonly understood: number;
  /** The first and the last moment told. */
  readonly from: string | null;
  readonly to: string | null;
  readonly totals: Totals;
  readonly volume: Volume;
  readonly reasons: Readonly<Record<ReasonKind, readonly Reason[]>>;
  readonly senders: TopList;
  readonly recipients: TopList;
  readonly clients: TopList;
  readonly rejected_clients: TopList;
  readonly relays: { readonly approximate: boolean; readonly list: readonly RelayRow[] };
  /** Of deliveries, in Postfix's order and then in all. */
  readonly delays: readonly DelayRow[];
  readonly tls: readonly TlsRow[];
  readonly logins: LoginReport;
  /** By the number of lines, the most first. */
  readonly problems: readonly ProblemRow[];
  /** Against the time before; null where the log does not reach back so far. */
  readonly news: { readonly hour: News | null; readonly day: News | null };
}

export interface ReportedLog {
  readonly name: string;
  /** Why it, or its rest, could not be read. */
  readonly problem: string | null;
}

export interface Totals {
  /** Mails that came in by SMTP or were sent on this machine; a content filter's come again. */
  readonly received: number;
  /** Bytes of mail by what became of it, as far as qmgr's `size=` was seen: of those received once for each mail, of the others for each recipient or attempt. */
  readonly bytes: Readonly<Record<(typeof SIZED)[number], number>>;
  /** Recipients a mail was delivered to (`status=sent`), the content filter included. */
  readonly delivered: number;
  readonly delivered_to_filter: number;
  /** Recipients that became others through an alias or a .forward file. */
  readonly forwarded: number;
  /** Mails put off at least once, and the attempts that were. `estimated`: too many to tell the mails apart exactly. */
  readonly deferred: { readonly mails: number; readonly attempts: number; readonly estimated: boolean };
  readonly bounced: number;
  readonly expired: number;
  readonly rejected: number;
  /** Of the rejections: with a 4xx code. */
  readonly rejected_temporarily: number;
  readonly reject_warnings: number;
  readonly held: number;
  readonly discarded: number;
  readonly connections: number;
}

export interface Volume {
  readonly minutes: number;
  readonly slices: readonly VolumeSlice[];
}

export type VolumeKey = (typeof VOLUME)[number];

export type VolumeSlice = { readonly start: string } & Readonly<Record<VolumeKey, number>>;

export interface Reason {
  /** The catalogue entry that explains it; null where none does. */
  readonly entry: string | null;
  /** The entry's title, else what the lines have in common. */
  readonly title: string;
  readonly count: number;
}

export interface TopList {
  /** There were more than could be held: counts may be too small by up to `over`. */
  readonly approximate: boolean;
  readonly list: readonly TopRow[];
}

export interface TopRow {
  readonly name: string;
  readonly count: number;
  readonly over: number;
}

export interface RelayRow {
  readonly name: string;
  readonly delivered: number;
  readonly deferred: number;
  readonly bounced: number;
  readonly over: number;
}

export interface DelayRow {
  readonly stage: (typeof STAGES)[number];
  readonly count: number;
  /** Seconds; a percentile is at most a twentieth too large, the largest is exact. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly largest: number;
}

export interface TlsRow {
  readonly version: string;
  /** By who connected: a client to this server, or this server to another. */
  readonly incoming: number;
  readonly outgoing: number;
}

export interface LoginReport {
  /** More clients failed than could be held: those that failed seldom may be missing below, and the others have failed and got in at least as often as is said. */
  readonly approximate: boolean;
  readonly succeeded: number;
  readonly failed: number;
  /** How many client addresses failed, by what it looks like. */
  readonly verdicts: Readonly<Record<LoginVerdict, number>>;
  /** The addresses that failed most. */
  readonly clients: readonly LoginRow[];
}

export interface LoginRow {
  readonly client: string;
  readonly failed: number;
  readonly succeeded: number;
  /** Different names it failed with, as far as they were logged. */
  readonly names: number;
  readonly verdict: LoginVerdict;
  readonly first: string | null;
  readonly last: string | null;
}

export interface ProblemRow {
  readonly entry: string;
  readonly title: string;
  readonly severity: EntrySeverity;
  readonly fault: Fault;
  /** Nobody has to do anything about it. */
  readonly benign: boolean;
  readonly count: number;
  readonly first: ReportedPlace;
  readonly last: ReportedPlace;
}

export interface ReportedPlace {
  readonly log: string;
  readonly line: number;
  readonly time: string | null;
}

/** What happens more often in the last hour or day than in the one before. */
export interface News {
  /** Did not happen in the time before. */
  readonly appeared: readonly NewsRow[];
  /** At least twice as often as before. */
  readonly increased: readonly NewsRow[];
}

export interface NewsRow {
  readonly entry: string;
  readonly title: string;
  readonly count: number;
  readonly before: number;
}
