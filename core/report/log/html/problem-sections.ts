import { type Html, html } from "../../html/html.ts";
import type { LogReport, News, NewsRow, ProblemRow, ReportedPlace } from "../log-report.ts";
import { REASON_KINDS, type ReasonKind } from "../tally.ts";
import { minuteText, REASON_WORDS } from "../wording.ts";
import { bars, type Ink, lines, number, section, table } from "./ink.ts";

/** The problems by entry, with first and last seen. What nobody has to do anything about is folded away. */
export function problemsSection({ problems }: LogReport, ink: Ink): Html {
  const serious = problems.filter(({ benign }) => !benign);
  const benign = problems.filter((row) => row.benign);
  return section(
    "problems",
    "Problems",
    serious.length === 0
      ? html`<p>None: no line is one that the catalogue calls a problem.</p>`
      : problemTable(serious, ink),
    benign.length === 0
      ? null
      : html`<details id="benign"><summary>${number(benign.length)} kinds of lines that need no action</summary>${problemTable(benign, ink)}</details>`,
  );
}

function problemTable(rows: readonly ProblemRow[], ink: Ink): Html {
  const longest = Math.max(...rows.map(({ count }) => count));
  return table(
    null,
    [
      { title: "Lines", isNumber: true },
      { title: "", isBar: true },
      { title: "Problem" },
      { title: "Severity" },
      { title: "Whose fault" },
      { title: "First" },
      { title: "Last" },
    ],
    rows.map(({ entry, title, severity, fault, count, first, last }) => [
      number(count),
      bars([[count, SEVERITY_COLOURS[severity]]], longest),
      lines(ink, { entry }, title, `${title}, ${number(count)}`),
      html`<span class="tag ${severity}">${severity}</span>`,
      FAULT_WORDS[fault],
      placeOf(first, ink),
      placeOf(last, ink),
    ]),
  );
}

const SEVERITY_COLOURS = { error: "red", warning: "yellow", information: "blue", hint: "blue" } as const;

const FAULT_WORDS: Readonly<Record<ProblemRow["fault"], string>> = {
  you: "yours",
  them: "theirs",
  client: "the client’s",
  network: "the network’s",
  nobody: "nobody’s",
};

function placeOf({ log, line, time }: ReportedPlace, { isLive }: Ink): Html {
  const words = time === null ? `line ${line}` : minuteText(time);
  if (!isLive) return html`<span class="time" title="${log}, line ${line}">${words}</span>`;
  const argument = JSON.stringify({ log, line });
  return html`<button type="button" class="link time" data-action="open" data-argument="${argument}" title="${log}, line ${line}">${words}</button>`;
}

/** What is new since the previous hour and day. */
export function newsSection({ news: { hour, day } }: LogReport, ink: Ink): Html {
  const nothing = [hour, day].every((one) => one === null || one.appeared.length + one.increased.length === 0);
  const words =
    hour === null && day === null
      ? "The log does not reach back two hours: there is nothing to compare with."
      : "Nothing that was not there before, or much less.";
  return section(
    "news",
    "What is new",
    nothing
      ? html`<p>${words}</p>`
      : html`<div class="columns">${newsTables("hour", hour, ink)}${newsTables("day", day, ink)}</div>`,
  );
}

function newsTables(length: "hour" | "day", news: News | null, ink: Ink): readonly Html[] {
  const made = (caption: string, rows: readonly NewsRow[]): readonly Html[] =>
    rows.length === 0
      ? []
      : [
          table(
            caption,
            [{ title: "Lines", isNumber: true }, { title: "Before", isNumber: true }, { title: "Problem" }],
            rows.map(({ entry, title, count, before }) => [
              number(count),
              number(before),
              lines(ink, { entry }, title, title),
            ]),
          ),
        ];
  return [
    ...made(`New in the last ${length}`, news?.appeared ?? []),
    ...made(`At least twice as often as in the ${length} before`, news?.increased ?? []),
  ];
}

const REASON_COLOURS = { deferred: "yellow", bounced: "red", rejected: "purple" } as const;

/** Why mail was deferred, bounced, rejected. */
export function reasonsSection({ reasons }: LogReport, ink: Ink): Html | null {
  if (REASON_KINDS.every((kind) => reasons[kind].length === 0)) return null;
  return section(
    "reasons",
    "Reasons",
    html`<div class="columns">${REASON_KINDS.map((kind) => reasonTable(kind, reasons[kind], ink))}</div>`,
  );
}

function reasonTable(kind: ReasonKind, rows: LogReport["reasons"][ReasonKind], ink: Ink): Html | null {
  if (rows.length === 0) return null;
  const longest = Math.max(...rows.map(({ count }) => count));
  return table(
    REASON_WORDS[kind],
    [{ title: "Lines", isNumber: true }, { title: "", isBar: true }, { title: "Reason" }],
    rows.map(({ entry, title, count }) => [
      number(count),
      bars([[count, REASON_COLOURS[kind]]], longest),
      entry === null ? title : lines(ink, { event: kind, entry }, title, `${title}, ${number(count)}`),
    ]),
  );
}
