import { type Html, type HtmlValue, html } from "../../html/html.ts";
import type { LogReport } from "../log-report.ts";
import type { EventKind } from "../report-line.ts";
import { bytesText } from "../wording.ts";
import { type Ink, lines, number, section } from "./ink.ts";

/** The counts of all outcomes, each opening its lines. */
export function overviewSection({ totals }: LogReport, ink: Ink): Html {
  const { deferred, delivered_to_filter: toFilter, rejected_temporarily: temporarily } = totals;
  const attempts = `${number(deferred.attempts)} ${deferred.attempts === 1 ? "attempt" : "attempts"}${deferred.estimated ? "; the number of mails is an estimate" : ""}`;
  const tiles: readonly (readonly [EventKind, string, number, string, boolean])[] = [
    ["connected", "Connections", totals.connections, "of clients", true],
    ["received", "Received", totals.received, sized("mails", totals.bytes.received), true],
    [
      "delivered",
      "Delivered",
      totals.delivered,
      sized(toFilter === 0 ? "recipients" : `${number(toFilter)} of them to a filter`, totals.bytes.delivered),
      true,
    ],
    ["forwarded", "Forwarded", totals.forwarded, "by an alias", false],
    ["deferred", "Deferred", deferred.mails, attempts, true],
    ["bounced", "Bounced", totals.bounced, "recipients", true],
    ["expired", "Given up", totals.expired, "after the longest time in the queue", false],
    [
      "rejected",
      "Rejected",
      totals.rejected,
      temporarily === 0 && totals.rejected > 0 ? "for good" : `${number(temporarily)} may come back (4xx)`,
      true,
    ],
    ["reject-warning", "Reject warnings", totals.reject_warnings, "would have been rejected", false],
    ["held", "Held", totals.held, "put on hold", false],
    ["discarded", "Discarded", totals.discarded, "", false],
  ];
  const shown = tiles
    .filter(([, , count, , always]) => always || count > 0)
    .map(([event, title, count, more]) =>
      tile(title, count === 0 ? "0" : lines(ink, { event }, number(count), `${title} ${number(count)}`), more),
    );
  return section("overview", "In all", html`<dl class="tiles">${shown}</dl>`);
}

function sized(words: string, bytes: number): string {
  return bytes === 0 ? words : `${words}, ${bytesText(bytes)}`;
}

function tile(title: string, count: HtmlValue, more: string): Html {
  return html`<div><dt>${title}</dt><dd><span class="number">${count}</span><br><span class="quiet">${more}</span></dd></div>`;
}
