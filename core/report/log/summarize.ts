import { entryById } from "../../catalogue/catalogue.ts";
import type { Zone } from "../../log/log-time.ts";
import { distinct } from "./distinct-count.ts";
import { percentile } from "./duration-histogram.ts";
import { localTime } from "./local-time.ts";
import type {
  DelayRow,
  LoginReport,
  LogReport,
  ProblemRow,
  Reason,
  RelayRow,
  ReportedLog,
  ReportedPlace,
  TlsRow,
  TopList,
  Totals,
  Volume,
  VolumeKey,
} from "./log-report.ts";
import { isApproximate, type LoginVerdict, loginVerdict } from "./login-tally.ts";
import { news } from "./news.ts";
import type { LinePlace } from "./problem-tally.ts";
import { REASON_KINDS, type Reasons, STAGES, type Tally, VOLUME } from "./tally.ts";
import { slices } from "./timeline.ts";
import { largest, type TopCounts, totalOfKey } from "./top-counts.ts";

/** Slices of the volume. */
const MOST_SLICES = 240;

export interface SummaryOptions {
  readonly logs: readonly ReportedLog[];
  /** The reader's zone. */
  readonly zone: Zone;
  /** Rows of a list. */
  readonly limit: number;
}

/** What a tally comes to. */
export function summarize(tally: Tally, { logs, zone, limit }: SummaryOptions): LogReport {
  const time = (ms: number): string | null => localTime(ms, zone);
  const place = ({ source, line, ms }: LinePlace): ReportedPlace => ({
    log: logs[source]?.name ?? "",
    line,
    time: time(ms),
  });
  const [deferred, bounced, rejected] = REASON_KINDS.map((kind) => reasonRows(tally.reasons[kind], limit));
  return {
    format: "postmaster-report",
    version: 1,
    logs: logs.map(({ name, problem }) => ({ name, problem })),
    lines: tally.lines,
    understood: tally.understood,
    from: time(tally.firstMs),
    to: time(tally.lastMs),
    totals: totalsOf(tally),
    volume: volumeOf(tally, zone),
    reasons: { deferred: deferred ?? [], bounced: bounced ?? [], rejected: rejected ?? [] },
    senders: topList(tally.senders, limit),
    recipients: topList(tally.recipients, limit),
    clients: topList(tally.clients, limit),
    rejected_clients: topList(tally.rejectedClients, limit),
    relays: { approximate: tally.relays.floor > 0, list: relayRows(tally.relays, limit) },
    delays: delayRows(tally),
    tls: tlsRows(tally.tlsVersions),
    logins: loginReport(tally, time, limit),
    problems: problemRows(tally, place),
    news: news(tally),
  };
}

function totalsOf({ events, bytes, deferredMails, toFilter, rejectedTemporarily }: Tally): Totals {
  const mails = distinct(deferredMails);
  return {
    received: events.received,
    bytes: {
      received: bytes[0] ?? 0,
      delivered: bytes[1] ?? 0,
      deferred: bytes[2] ?? 0,
      bounced: bytes[3] ?? 0,
    },
    delivered: events.delivered,
    delivered_to_filter: toFilter,
    forwarded: events.forwarded,
    deferred: { mails: mails.count, attempts: events.deferred, estimated: mails.isEstimate },
    bounced: events.bounced,
    expired: events.expired,
    rejected: events.rejected,
    rejected_temporarily: rejectedTemporarily,
    reject_warnings: events["reject-warning"],
    held: events.held,
    discarded: events.discarded,
    connections: events.connected,
  };
}

function volumeOf({ volume }: Tally, zone: Zone): Volume {
  const { width, slices: all } = slices(volume, MOST_SLICES);
  return {
    minutes: width,
    slices: all.map(({ startLocalMs, counts }) => {
      const offset = typeof zone === "number" ? zone : zone(startLocalMs);
      const start = localTime(startLocalMs - offset * 60_000, zone) ?? "";
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of exactly these names
      const volumes = Object.fromEntries(VOLUME.map((key, column) => [key, counts[column] ?? 0])) as Record<
        VolumeKey,
        number
      >;
      return { start, ...volumes };
    }),
  };
}

function reasonRows({ entries, texts }: Reasons, limit: number): readonly Reason[] {
  const known = [...entries].map(([entry, count]): Reason => ({ entry, title: titleOf(entry), count }));
  const unknown = largest(texts, limit).map(({ key, total }): Reason => ({ entry: null, title: key, count: total }));
  return [...known, ...unknown]
    .sort((one, other) => other.count - one.count || (one.title < other.title ? -1 : 1))
    .slice(0, limit);
}

function topList(top: TopCounts, limit: number): TopList {
  const list = largest(top, limit).map(({ key, total, over }) => ({ name: key, count: total, over }));
  return { approximate: top.floor > 0, list };
}

function relayRows(relays: TopCounts, limit: number): readonly RelayRow[] {
  return largest(relays, limit).map(({ key, counts: [delivered = 0, deferred = 0, bounced = 0], over }) => ({
    name: key,
    delivered,
    deferred,
    bounced,
    over,
  }));
}

function delayRows({ delays }: Tally): readonly DelayRow[] {
  return STAGES.flatMap((stage, index) => {
    const histogram = delays[index];
    if (histogram === undefined || histogram.count === 0) return [];
    const seconds = (part: number): number => rounded((percentile(histogram, part) ?? 0) / 1000);
    return [
      {
        stage,
        count: histogram.count,
        p50: seconds(0.5),
        p90: seconds(0.9),
        p99: seconds(0.99),
        largest: rounded(histogram.largest / 1000),
      },
    ];
  });
}

/** To milliseconds. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function tlsRows(versions: TopCounts): readonly TlsRow[] {
  return largest(versions, 20).map(({ key, counts: [incoming = 0, outgoing = 0] }) => ({
    version: key,
    incoming,
    outgoing,
  }));
}

function loginReport({ logins }: Tally, time: (ms: number) => string | null, limit: number): LoginReport {
  const failing = Array.from(logins.clients, ([client, counts]) => {
    const succeeded = totalOfKey(logins.successes, client);
    return { client, counts, succeeded, verdict: loginVerdict(counts, succeeded) };
  });
  const verdicts: Record<LoginVerdict, number> = { guessing: 0, "one-account": 0, typo: 0, unclear: 0 };
  for (const { verdict } of failing) verdicts[verdict] += 1;
  const clients = failing
    .sort((one, other) => other.counts.failed - one.counts.failed || (one.client < other.client ? -1 : 1))
    .slice(0, limit)
    .map(({ client, counts: { failed, names, firstMs, lastMs }, succeeded, verdict }) => ({
      client,
      failed,
      succeeded,
      names: names.size,
      verdict,
      first: time(firstMs),
      last: time(lastMs),
    }));
  const { succeeded, failed } = logins;
  return { approximate: isApproximate(logins), succeeded, failed, verdicts, clients };
}

function problemRows({ problems }: Tally, place: (at: LinePlace) => ReportedPlace): readonly ProblemRow[] {
  return [...problems]
    .flatMap(([id, { count, first, last }]): readonly ProblemRow[] => {
      const entry = entryById(id);
      if (entry === null) return [];
      const { title, severity, fault } = entry;
      const benign = severity === "hint" || (severity === "information" && fault === "nobody");
      return [{ entry: id, title, severity, fault, benign, count, first: place(first), last: place(last) }];
    })
    .sort((one, other) => other.count - one.count || (one.entry < other.entry ? -1 : 1));
}

function titleOf(entryId: string): string {
  return entryById(entryId)?.title ?? entryId;
}
