import { decodeUtf8 } from "../../log/utf8.ts";
import { fingerprint } from "./key-hash.ts";
import { isEmpty, type ReportLine } from "./report-line.ts";
import type { MergeKeys } from "./sum-keys.ts";
import { countKey, LONGEST_KEY, type TopCounts, topCounts } from "./top-counts.ts";

/** Clients that failed and are kept; twice as many before a pruning. */
const KEPT = 4096;
/** Clients that got in and are told apart at least. */
const KEPT_SUCCESSES = 32_768;
/** Different names of one client that are told apart. */
const MOST_NAMES = 64;
const NO_NAME = -1;

/** The failed logins of one client address. */
export interface FailedLogins {
  failed: number;
  /** Fingerprints of the names it failed with, as far as the log tells them; at most MOST_NAMES. */
  readonly names: Set<number>;
  /** Ms since 1970; NaN if no line had a time. */
  firstMs: number;
  lastMs: number;
}

/** Who failed to log in. Bounded, mergeable, plain data. */
export interface LoginTally {
  failed: number;
  succeeded: number;
  /** Those that failed, by address. */
  readonly clients: Map<string, FailedLogins>;
  /** There were more than are kept: of those that failed least nothing is known. */
  isPruned: boolean;
  /** How often addresses got in, those that never failed too: which of them will is not known before the end. */
  readonly successes: TopCounts;
}

export function loginTally(): LoginTally {
  return {
    failed: 0,
    succeeded: 0,
    clients: new Map(),
    isPruned: false,
    successes: topCounts(KEPT_SUCCESSES, 1, false),
  };
}

/** @param ms of the line; NaN without a time */
export function addLogin(tally: LoginTally, line: ReportLine, ms: number): void {
  const isFailure = line.kind === "login-failed";
  if (isFailure) tally.failed += line.attempts;
  else tally.succeeded += 1;
  const { start, end } = line.clientAddress;
  if (end <= start) return;
  if (!isFailure) {
    countKey(tally.successes, line.bytes, start, end, 0);
    return;
  }
  const name = isEmpty(line.user) ? NO_NAME : fingerprint(line.bytes, line.user.start, line.user.end);
  addFailure(tally, decodeUtf8(line.bytes, start, Math.min(end, start + LONGEST_KEY)), line.attempts, name, ms);
}

/** @param attempts not counted in `tally.failed` @param name its fingerprint, NO_NAME if it is not told @param ms as addLogin */
export function addFailure(tally: LoginTally, address: string, attempts: number, name: number, ms: number): void {
  const client = clientOf(tally, address);
  client.failed += attempts;
  if (name !== NO_NAME && client.names.size < MOST_NAMES) client.names.add(name);
  noteTime(client, ms, ms);
}

export function mergeLogins(into: LoginTally, other: LoginTally, mergeKeys: MergeKeys): void {
  into.failed += other.failed;
  into.succeeded += other.succeeded;
  into.isPruned ||= other.isPruned;
  mergeKeys(into.successes, other.successes);
  for (const [address, theirs] of other.clients) {
    const mine = clientOf(into, address);
    mine.failed += theirs.failed;
    for (const name of theirs.names) if (mine.names.size < MOST_NAMES) mine.names.add(name);
    noteTime(mine, theirs.firstMs, theirs.lastMs);
  }
}

/** Whether there were too many clients to know all: those that failed seldom may be missing, or have failed or got in more often than is known. */
export function isApproximate({ isPruned, successes }: LoginTally): boolean {
  return isPruned || successes.floor > 0;
}

function clientOf(tally: LoginTally, address: string): FailedLogins {
  const known = tally.clients.get(address);
  if (known !== undefined) return known;
  if (tally.clients.size >= KEPT * 2) prune(tally);
  const made = { failed: 0, names: new Set<number>(), firstMs: Number.NaN, lastMs: Number.NaN };
  tally.clients.set(address, made);
  return made;
}

/** Keeps those that failed most. */
function prune(tally: LoginTally): void {
  const ranked = [...tally.clients].sort(([, one], [, other]) => other.failed - one.failed);
  tally.isPruned = true;
  tally.clients.clear();
  for (const [address, client] of ranked.slice(0, KEPT)) tally.clients.set(address, client);
}

function noteTime(client: FailedLogins, first: number, last: number): void {
  if (Number.isNaN(first)) return;
  client.firstMs = Number.isNaN(client.firstMs) ? first : Math.min(client.firstMs, first);
  client.lastMs = Number.isNaN(client.lastMs) ? last : Math.max(client.lastMs, last);
}

/**
 * What failed logins look like. `guessing`: many names, or many failures without a name, and never the right password. `one-account`: one name
 * again and again; a device with an old password looks like this, and so does somebody who guesses at one account. `typo`: a few failures of a client that
 * also got in. `unclear`: too little to tell.
 */
export type LoginVerdict = "guessing" | "one-account" | "typo" | "unclear";

const MANY_NAMES = 3;
const MANY_FAILURES = 10;
const FEW_FAILURES = 5;

export function loginVerdict({ failed, names }: FailedLogins, succeeded: number): LoginVerdict {
  if (succeeded > 0) return failed <= Math.max(FEW_FAILURES, succeeded) ? "typo" : "unclear";
  if (names.size >= MANY_NAMES) return "guessing";
  if (failed < MANY_FAILURES) return "unclear";
  return names.size === 0 ? "guessing" : "one-account";
}
