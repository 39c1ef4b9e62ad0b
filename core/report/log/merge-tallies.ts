import { countEarlyAttempt, countReceivedBytes } from "./count-bytes.ts";
import { mergeDistinct } from "./distinct-count.ts";
import { mergeDurations } from "./duration-histogram.ts";
import { eachEarlyMail } from "./early-mails.ts";
import { mergeLogins } from "./login-tally.ts";
import { mergeSizes, takeUp } from "./mail-sizes.ts";
import { mergeProblems, type PartOrigin } from "./problem-tally.ts";
import { EVENTS } from "./report-line.ts";
import type { MergeKeys } from "./sum-keys.ts";
import { REASON_KINDS, type Tally } from "./tally.ts";
import { mergeTimelines } from "./timeline.ts";
import { countKey, mergeTopCounts, topCounts } from "./top-counts.ts";

/**
 * Adds to a tally what another one counted in the lines that follow.
 * @param origin of `later`, whose places are in log 0 and count from 1
 * @param mergeKeys for the lists that may be long
 */
export function mergeTallies(
  into: Tally,
  later: Tally,
  origin: PartOrigin,
  mergeKeys: MergeKeys = mergeTopCounts,
): void {
  into.lines += later.lines;
  into.understood += later.understood;
  if (!(into.firstMs <= later.firstMs) && !Number.isNaN(later.firstMs)) into.firstMs = later.firstMs;
  if (!(into.lastMs >= later.lastMs) && !Number.isNaN(later.lastMs)) into.lastMs = later.lastMs;
  if (!Number.isNaN(later.endMs)) into.endMs = later.endMs;
  for (const kind of EVENTS) into.events[kind] += later.events[kind];
  into.rejectedTemporarily += later.rejectedTemporarily;
  into.toFilter += later.toFilter;
  mergeDistinct(into.deferredMails, later.deferredMails);
  mergeTimelines(into.volume, later.volume);
  mergeKeys(into.senders, later.senders);
  mergeKeys(into.recipients, later.recipients);
  mergeKeys(into.clients, later.clients);
  mergeKeys(into.rejectedClients, later.rejectedClients);
  mergeKeys(into.relays, later.relays);
  mergeTopCounts(into.tlsVersions, later.tlsVersions);
  into.delays.forEach((histogram, stage) => {
    const theirs = later.delays[stage];
    if (theirs !== undefined) mergeDurations(histogram, theirs);
  });
  mergeLogins(into.logins, later.logins, mergeKeys);
  mergeProblems(into.problems, later.problems, origin);
  for (const kind of REASON_KINDS) {
    const mine = into.reasons[kind];
    for (const [entryId, count] of later.reasons[kind].entries) {
      mine.entries.set(entryId, (mine.entries.get(entryId) ?? 0) + count);
    }
    mergeTopCounts(mine.texts, later.reasons[kind].texts);
  }
  later.bytes.forEach((bytes, column) => {
    into.bytes[column] = (into.bytes[column] ?? 0) + bytes;
  });
  mergeMails(into, later, mergeKeys);
  mergeSizes(into.sizes, later.sizes, (attempt, size) => countEarlyAttempt(into, attempt, size));
}

/** Mail received before and taken up by qmgr after the cut between the two. */
function mergeMails(into: Tally, later: Tally, mergeKeys: MergeKeys): void {
  const { capacity, columns, fold } = into.senders;
  const found = topCounts(capacity, columns, fold);
  eachEarlyMail(later.early, ({ id, size, localMs }, senders, start, end) => {
    if (takeUp(into.sizes, id, size) !== "awaited") return;
    countKey(found, senders, start, end, 0);
    countReceivedBytes(into, size, localMs);
  });
  mergeKeys(into.senders, found);
}
