import { countText } from "../../../text/counted.ts";
import { type Html, html } from "../../html/html.ts";
import type { LogReport } from "../log-report.ts";
import { linesText, minuteText } from "../wording.ts";
import type { Ink } from "./ink.ts";
import { overviewSection } from "./overview-section.ts";
import { newsSection, problemsSection, reasonsSection } from "./problem-sections.ts";
import { delaysSection, loginsSection, peersSection, relaysSection, tlsSection } from "./traffic-sections.ts";
import { bytesSection, volumeSection } from "./volume-section.ts";

/** A report as the content of a page: heading, list of sections, sections. */
export function reportContent(report: LogReport, ink: Ink): Html {
  const sections = [
    ["overview", "In all", overviewSection(report, ink)],
    ["volume", "Volume", volumeSection(report)],
    ["bytes", "Bytes", bytesSection(report)],
    ["news", "What is new", newsSection(report, ink)],
    ["problems", "Problems", problemsSection(report, ink)],
    ["reasons", "Reasons", reasonsSection(report, ink)],
    ["peers", "Senders and recipients", peersSection(report, ink)],
    ["relays", "Next hops", relaysSection(report, ink)],
    ["delays", "Delays", delaysSection(report)],
    ["tls", "TLS", tlsSection(report, ink)],
    ["logins", "Logins", loginsSection(report, ink)],
  ] as const;
  const shown = sections.filter(([, , content]) => content !== null);
  const links = shown.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`${heading(report)}<nav aria-label="Sections"><ul>${links}</ul></nav><main>${shown.map(([, , content]) => content)}</main>`;
}

/** The title of a page with this report. */
export function reportTitle({ logs }: LogReport): string {
  const [first] = logs;
  const name = first === undefined ? "no log" : first.name;
  return logs.length > 1 ? `Report of ${name} and ${logs.length - 1} more` : `Report of ${name}`;
}

function heading(report: LogReport): Html {
  const { logs, lines, understood, from, to } = report;
  const untold = lines === 0 ? "" : "No line tells when.";
  const span = from === null ? untold : `${minuteText(from)} to ${minuteText(to)}.`;
  const problems = logs.flatMap(({ name, problem }) => (problem === null ? [] : [html`<li>${name}: ${problem}</li>`]));
  const names = logs.map(({ name }) => html`<li>${name}</li>`);
  return html`<header data-part="header"><h1>${reportTitle(report)}</h1><p class="quiet">${linesText(lines, understood)}. ${span}</p>${
    problems.length === 0 ? null : html`<p>Not all could be read:</p><ul>${problems}</ul>`
  }${logs.length < 2 ? null : html`<details id="logs"><summary>${countText(logs.length)} logs</summary><ul>${names}</ul></details>`}</header>`;
}
