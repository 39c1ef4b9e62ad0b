import { countText } from "../../../text/counted.ts";
import { visibleText } from "../../../text/visible-text.ts";
import type { Painter, Style } from "../../terminal/style.ts";
import type { LogReport, NewsRow, TopList, VolumeKey, VolumeSlice } from "../log-report.ts";
import { REASON_KINDS } from "../tally.ts";
import {
  bytesText,
  linesText,
  minuteText,
  REASON_WORDS,
  STAGE_WORDS,
  secondsText,
  VERDICT_WORDS,
  VERDICTS,
  widthText,
} from "../wording.ts";
import { barLength, type Cell, type Column, textTable } from "./table.ts";

/** A report for a terminal of `columns`, or infinitely many: for a file, where no title is cut. Whatever comes from a log is made visible. Ends with a line break. */
export function textReport(report: LogReport, columns: number, paint: Painter): string {
  const table = (layout: readonly Column[], rows: readonly (readonly Cell[])[]): readonly string[] =>
    textTable(layout, rows, columns, paint);
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", paint("bold", title), ...lines];
  const top = (title: string, { list, approximate }: TopList): readonly string[] =>
    section(
      approximate ? `${title} (counts are approximate)` : title,
      table(
        COUNT_AND_NAME,
        list.map(({ count, name }) => [number(count), { text: name === "" ? "<>" : name }]),
      ),
    );
  return `${[
    ...heading(report, paint),
    ...section("In all", table(TOTALS, totalRows(report))),
    ...section(...volume(report, columns, paint)),
    ...section(...bytes(report, columns, paint)),
    ...news(report).flatMap(([title, rows]) => section(title, table(NEWS, rows))),
    ...section("Problems, and when last seen", table(PROBLEMS, problemRows(report))),
    ...REASON_KINDS.flatMap((kind) =>
      section(
        REASON_WORDS[kind],
        table(
          COUNT_AND_NAME,
          report.reasons[kind].map(({ count, title }) => [number(count), { text: title }]),
        ),
      ),
    ),
    ...top("Senders", report.senders),
    ...top("Recipients", report.recipients),
    ...top("Clients that sent mail", report.clients),
    ...top("Clients that were rejected", report.rejected_clients),
    ...section("Next hops: delivered, deferred, bounced", table(RELAYS, relayRows(report))),
    ...section("Time to delivery: half, 9 of 10, 99 of 100 took at most", table(DELAYS, delayRows(report))),
    ...section("TLS connections: incoming, outgoing", table(TLS, tlsRows(report))),
    ...section(...logins(report, table, paint)),
  ].join("\n")}\n`;
}

const RIGHT: Column = { align: "right" };
const LEFT: Column = { align: "left" };
const GROWING: Column = { align: "left", grows: true };
const COUNT_AND_NAME = [RIGHT, GROWING];
const TOTALS = [RIGHT, GROWING];
const PROBLEMS = [RIGHT, LEFT, LEFT, GROWING];
const NEWS = [RIGHT, RIGHT, GROWING];
const RELAYS = [RIGHT, RIGHT, RIGHT, GROWING];
const DELAYS = [LEFT, RIGHT, RIGHT, RIGHT, RIGHT];
const TLS = [GROWING, RIGHT, RIGHT];
const LOGINS = [RIGHT, RIGHT, LEFT, GROWING];

function number(count: number, style?: Style): Cell {
  return { text: countText(count), ...(style === undefined || count === 0 ? {} : { style }) };
}

function heading({ logs, lines, understood, from, to }: LogReport, paint: Painter): readonly string[] {
  const names = logs.length > 3 ? `${logs.length} logs` : logs.map(({ name }) => name).join(", ");
  const untold = lines === 0 ? "" : "; no line tells when";
  const span = from === null ? untold : `; ${minuteText(from)} to ${minuteText(to)}`;
  return [paint("bold", visibleText(names)), `${linesText(lines, understood)}${span}`];
}

function totalRows({ totals }: LogReport): readonly (readonly Cell[])[] {
  const { deferred, delivered_to_filter: toFilter, rejected, rejected_temporarily: temporarily } = totals;
  const rows: readonly (readonly [count: number, words: string, style?: Style])[] = [
    [totals.connections, "connections of clients"],
    [totals.received, `mails received${totals.bytes.received === 0 ? "" : `, ${bytesText(totals.bytes.received)}`}`],
    [
      totals.delivered,
      `delivered${toFilter === 0 ? "" : `, ${countText(toFilter)} of them to a filter that gives them back`}`,
      "green",
    ],
    [totals.forwarded, "forwarded by an alias"],
    [
      deferred.mails,
      `deferred${deferred.estimated ? " (about)" : ""}, in ${countText(deferred.attempts)} ${deferred.attempts === 1 ? "attempt" : "attempts"}`,
      "yellow",
    ],
    [totals.bounced, "bounced", "red"],
    [totals.expired, "given up after the longest time in the queue", "red"],
    [
      rejected,
      `rejected${temporarily === 0 ? "" : `, ${countText(temporarily)} of them with leave to come back (4xx)`}`,
      "yellow",
    ],
    [totals.reject_warnings, "would have been rejected (warn_if_reject)"],
    [totals.held, "put on hold"],
    [totals.discarded, "discarded"],
  ];
  const always = new Set(["bounced"]);
  return rows
    .filter(
      ([count, words]) =>
        count > 0 ||
        always.has(words) ||
        words.startsWith("mails") ||
        words.startsWith("de") ||
        words.startsWith("rej"),
    )
    .map(([count, words, style]) => [number(count, style), { text: words }]);
}

const MOST_ROWS = 24;

/** One line a stretch of time; neighbours are put together until they fit. */
function volume(
  { volume: { minutes, slices } }: LogReport,
  columns: number,
  paint: Painter,
): [string, readonly string[]] {
  const { together, groups } = groupsOf(slices);
  const rows = groups.map((group) => ({
    start: minuteText(group[0]?.start ?? null),
    done: sum(group, ["received", "delivered"]),
    wrong: sum(group, ["deferred", "bounced"]),
    refused: sum(group, ["rejected"]),
  }));
  const counted = rows.map(({ start, done, wrong, refused }): readonly Cell[] => [
    { text: start, style: "dim" },
    number(done),
    number(wrong),
    number(refused),
  ]);
  const largest = Math.max(0, ...rows.map(({ done, wrong, refused }) => done + wrong + refused));
  const lines = textTable([LEFT, RIGHT, RIGHT, RIGHT], counted, columns, paint);
  const width = barWidth(columns);
  const title = `Received and delivered █, deferred and bounced ▓, rejected ░; ${widthText(minutes * together)} a line`;
  const drawn = rows.map(({ done, wrong, refused }) => {
    const parts = [
      paint("green", "█".repeat(barLength(done, largest, width))),
      paint("red", "▓".repeat(barLength(wrong, largest, width))),
      paint("yellow", "░".repeat(barLength(refused, largest, width))),
    ];
    return parts.join("");
  });
  return [title, beside(lines, drawn)];
}

/** The same for what mails weigh, where the log tells it. */
function bytes(
  { totals, volume: { minutes, slices } }: LogReport,
  columns: number,
  paint: Painter,
): [string, readonly string[]] {
  const { received, delivered, deferred, bounced } = totals.bytes;
  if (received + delivered + deferred + bounced === 0) return ["", []];
  const { together, groups } = groupsOf(slices);
  const rows = groups.map((group) => ({
    start: minuteText(group[0]?.start ?? null),
    done: sum(group, ["received_bytes", "delivered_bytes"]),
    wrong: sum(group, ["deferred_bytes", "bounced_bytes"]),
  }));
  const counted = rows.map(({ start, done, wrong }): readonly Cell[] => [
    { text: start, style: "dim" },
    { text: bytesText(done) },
    { text: bytesText(wrong) },
  ]);
  const largest = Math.max(0, ...rows.map(({ done, wrong }) => done + wrong));
  const lines = textTable([LEFT, RIGHT, RIGHT], counted, columns, paint);
  const width = barWidth(columns);
  const title = `Bytes received and delivered █, deferred and bounced ▓; ${widthText(minutes * together)} a line`;
  const drawn = rows.map(
    ({ done, wrong }) =>
      `${paint("green", "█".repeat(barLength(done, largest, width)))}${paint("red", "▓".repeat(barLength(wrong, largest, width)))}`,
  );
  return [title, beside(lines, drawn)];
}

/** Neighbours put together until they fit. */
function groupsOf(slices: readonly VolumeSlice[]): {
  readonly together: number;
  readonly groups: readonly (readonly VolumeSlice[])[];
} {
  const together = Math.ceil(slices.length / MOST_ROWS);
  const length = Math.ceil(slices.length / Math.max(1, together));
  const groups = Array.from({ length }, (_, index) => slices.slice(index * together, (index + 1) * together));
  return { together, groups };
}

function barWidth(columns: number): number {
  return Math.min(28, Math.max(5, columns - 52));
}

function beside(lines: readonly string[], drawn: readonly string[]): readonly string[] {
  const widest = lines.reduce((width, line) => Math.max(width, line.length), 0);
  return drawn.map((bar, index) => `${(lines[index] ?? "").padEnd(widest)}  ${bar}`.trimEnd());
}

function sum(group: readonly VolumeSlice[], what: readonly VolumeKey[]): number {
  return group.reduce((total, slice) => total + what.reduce((part, key) => part + slice[key], 0), 0);
}

function news({ news: { hour, day } }: LogReport): readonly (readonly [string, readonly (readonly Cell[])[]])[] {
  const rows = (list: readonly NewsRow[]): readonly (readonly Cell[])[] =>
    list.map(({ count, before, title }) => [
      number(count),
      { text: `was ${countText(before)}`, style: "dim" },
      { text: title },
    ]);
  return [
    ["New in the last hour", rows(hour?.appeared ?? [])],
    ["More than twice as often as in the hour before", rows(hour?.increased ?? [])],
    ["New in the last day", rows(day?.appeared ?? [])],
    ["More than twice as often as on the day before", rows(day?.increased ?? [])],
  ];
}

const SEVERITY_STYLES = { error: "red", warning: "yellow", information: "blue", hint: "dim" } as const;

function problemRows({ problems }: LogReport): readonly (readonly Cell[])[] {
  return problems
    .filter(({ benign }) => !benign)
    .map(({ count, severity, title, last }) => [
      number(count),
      { text: severity, style: SEVERITY_STYLES[severity] },
      { text: last.time === null ? `line ${last.line}` : minuteText(last.time).slice(5), style: "dim" },
      { text: title },
    ]);
}

function relayRows({ relays }: LogReport): readonly (readonly Cell[])[] {
  return relays.list.map(({ delivered, deferred, bounced, name }) => [
    number(delivered, "green"),
    number(deferred, "yellow"),
    number(bounced, "red"),
    { text: name },
  ]);
}

function delayRows({ delays }: LogReport): readonly (readonly Cell[])[] {
  return delays.map(({ stage, p50, p90, p99, largest }) => [
    { text: STAGE_WORDS[stage] },
    { text: secondsText(p50) },
    { text: secondsText(p90) },
    { text: secondsText(p99) },
    { text: `at most ${secondsText(largest)}`, style: "dim" },
  ]);
}

function tlsRows({ tls }: LogReport): readonly (readonly Cell[])[] {
  return tls.map(({ version, incoming, outgoing }) => [{ text: version }, number(incoming), number(outgoing)]);
}

function logins(
  { logins: { approximate, failed, succeeded, verdicts, clients } }: LogReport,
  table: (layout: readonly Column[], rows: readonly (readonly Cell[])[]) => readonly string[],
  paint: Painter,
): [string, readonly string[]] {
  const rows = clients.map(({ client, failed: failures, names, verdict }): readonly Cell[] => [
    number(failures, "red"),
    { text: names === 0 ? "" : `${names} ${names === 1 ? "name" : "names"}` },
    { text: VERDICT_WORDS[verdict], style: "dim" },
    { text: client },
  ]);
  const kinds = VERDICTS.filter((verdict) => verdicts[verdict] > 0).map(
    (verdict) =>
      `  ${approximate ? "at least " : ""}${countText(verdicts[verdict])} ${verdicts[verdict] === 1 ? "address" : "addresses"}: ${VERDICT_WORDS[verdict]}`,
  );
  return [
    `Logins: ${countText(failed)} failed, ${countText(succeeded)} accepted${approximate ? " (of each client at least so many)" : ""}`,
    [...kinds.map((line) => paint("dim", line)), ...table(LOGINS, rows)],
  ];
}
