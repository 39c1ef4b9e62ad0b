import { type Html, html } from "../../html/html.ts";
import type { QueryField } from "../line-query.ts";
import type { LogReport, TopList } from "../log-report.ts";
import type { EventKind } from "../report-line.ts";
import { minuteText, STAGE_WORDS, secondsText, VERDICT_WORDS, VERDICTS } from "../wording.ts";
import { bars, type Colour, type Ink, lines, number, section, table } from "./ink.ts";

/** The busiest senders, recipients and clients. */
export function peersSection(report: LogReport, ink: Ink): Html | null {
  const top = (title: string, event: EventKind, field: QueryField, colour: Colour, list: TopList): Html | null =>
    topTable(title, { event, field, colour }, list, ink);
  const tables = [
    top("Senders", "queued", "sender", "blue", report.senders),
    top("Recipients", "delivered", "recipient", "green", report.recipients),
    top("Clients that sent mail", "received", "client", "blue", report.clients),
    top("Clients that were rejected", "rejected", "client", "purple", report.rejected_clients),
  ];
  if (tables.every((one) => one === null)) return null;
  return section("peers", "Who sends, who receives", html`<div class="columns">${tables}</div>`);
}

interface TopKind {
  readonly event: EventKind;
  readonly field: QueryField;
  readonly colour: Colour;
}

function topTable(
  title: string,
  { event, field, colour }: TopKind,
  { list, approximate }: TopList,
  ink: Ink,
): Html | null {
  if (list.length === 0) return null;
  const longest = list[0]?.count ?? 0;
  return table(
    approximate ? `${title} (there are so many that counts are approximate)` : title,
    [{ title: "Count", isNumber: true }, { title: "", isBar: true }, { title: "Name" }],
    list.map(({ name, count, over }) => {
      const shown = name === "" ? "<> (bounces and notices)" : name;
      const counted = over === 0 ? number(count) : `${number(count)} to ${number(count + over)}`;
      return [
        counted,
        bars([[count, colour]], longest),
        lines(ink, { event, field, value: name }, shown, `${shown}, ${counted}`),
      ];
    }),
  );
}

/** The next hops and what became of the mail that went there. */
export function relaysSection({ relays: { list, approximate } }: LogReport, ink: Ink): Html | null {
  if (list.length === 0) return null;
  const longest = Math.max(...list.map(({ delivered, deferred, bounced }) => delivered + deferred + bounced));
  const title = (count: number): { title: string; isNumber: boolean } => ({
    title: OUTCOMES[count] ?? "",
    isNumber: true,
  });
  return section(
    "relays",
    "Next hops",
    approximate ? html`<p class="quiet">There are so many that counts are approximate.</p>` : null,
    table(
      null,
      [{ title: "Next hop" }, title(0), title(1), title(2), { title: "", isBar: true }],
      list.map(({ name, delivered, deferred, bounced }) => {
        const shown = name === "none" ? "none (no next hop was reached)" : name;
        const parts = [
          [delivered, "green"],
          [deferred, "yellow"],
          [bounced, "red"],
        ] as const;
        return [
          lines(ink, { field: "relay", value: name }, shown, shown),
          number(delivered),
          number(deferred),
          number(bounced),
          bars(parts, longest),
        ];
      }),
    ),
  );
}

const OUTCOMES = ["Delivered", "Deferred", "Bounced"];

/** How long deliveries took. */
export function delaysSection({ delays }: LogReport): Html | null {
  if (delays.length === 0) return null;
  const longest = Math.max(...delays.map(({ p99 }) => p99));
  return section(
    "delays",
    "Time to delivery",
    html`<p class="quiet">Half of the deliveries, nine of ten and 99 of 100 took at most so long.</p>`,
    table(
      null,
      [
        { title: "Stage" },
        { title: "Half", isNumber: true },
        { title: "9 of 10", isNumber: true },
        { title: "99 of 100", isNumber: true },
        { title: "Longest", isNumber: true },
        { title: "", isBar: true },
      ],
      delays.map(({ stage, p50, p90, p99, largest }) => [
        stage === "total" ? STAGE_WORDS[stage] : `${stage}: ${STAGE_WORDS[stage]}`,
        secondsText(p50),
        secondsText(p90),
        secondsText(p99),
        secondsText(largest),
        bars(
          [
            [p50, "green"],
            [p90 - p50, "yellow"],
            [p99 - p90, "red"],
          ],
          longest,
        ),
      ]),
    ),
  );
}

/** TLS versions. */
export function tlsSection({ tls }: LogReport, ink: Ink): Html | null {
  if (tls.length === 0) return null;
  return section(
    "tls",
    "TLS",
    table(
      null,
      [
        { title: "Version" },
        { title: "Clients that came here", isNumber: true },
        { title: "Servers mail went to", isNumber: true },
      ],
      tls.map(({ version, incoming, outgoing }) => [
        lines(ink, { event: "tls", field: "protocol", value: version }, version, version),
        number(incoming),
        number(outgoing),
      ]),
    ),
  );
}

/** Failed logins, and what they look like. */
export function loginsSection({ logins }: LogReport, ink: Ink): Html | null {
  const { approximate, failed, succeeded, verdicts, clients } = logins;
  if (failed + succeeded === 0) return null;
  const kinds = VERDICTS.filter((verdict) => verdicts[verdict] > 0).map(
    (verdict) =>
      html`<li>${approximate ? "at least " : ""}${number(verdicts[verdict])} ${verdicts[verdict] === 1 ? "address" : "addresses"}: ${VERDICT_WORDS[verdict]}</li>`,
  );
  const rows = clients.map(({ client, failed: failures, succeeded: accepted, names, verdict, first, last }) => [
    lines(ink, { field: "address", value: client }, client, client),
    number(failures),
    names === 0 ? "not logged" : number(names),
    number(accepted),
    VERDICT_WORDS[verdict],
    minuteText(first),
    minuteText(last),
  ]);
  const columns = [
    { title: "Client" },
    { title: "Failed", isNumber: true },
    { title: "Names", isNumber: true },
    { title: "Accepted", isNumber: true },
    { title: "What it looks like" },
    { title: "First failure" },
    { title: "Last failure" },
  ];
  return section(
    "logins",
    "Logins",
    html`<p>${number(failed)} failed, ${number(succeeded)} were accepted.</p>`,
    approximate
      ? html`<p class="quiet">So many clients failed that some are not shown. The others did so at least as often as is said.</p>`
      : null,
    kinds.length === 0 ? null : html`<ul>${kinds}</ul>`,
    rows.length === 0 ? null : table(null, columns, rows),
  );
}
