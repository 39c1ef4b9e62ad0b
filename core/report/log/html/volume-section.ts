import { type Html, html } from "../../html/html.ts";
import type { LogReport, VolumeKey, VolumeSlice } from "../log-report.ts";
import { bytesText, minuteText, widthText } from "../wording.ts";
import { number, section, table } from "./ink.ts";

/** How each series is drawn: told apart by its dashes too, not by its colour alone. */
type Series = readonly (readonly [key: VolumeKey, label: string, colour: string, dash: readonly number[]])[];

const MAILS: Series = [
  ["received", "Received", "--postmaster-blue", []],
  ["delivered", "Delivered", "--postmaster-green", [8, 3]],
  ["deferred", "Deferred", "--postmaster-yellow", [3, 3]],
  ["bounced", "Bounced", "--postmaster-red", [1, 2]],
  ["rejected", "Rejected", "--postmaster-purple", [8, 3, 2, 3]],
];
const BYTES: Series = [
  ["received_bytes", "Received", "--postmaster-blue", []],
  ["delivered_bytes", "Delivered", "--postmaster-green", [8, 3]],
  ["deferred_bytes", "Deferred", "--postmaster-yellow", [3, 3]],
  ["bounced_bytes", "Bounced", "--postmaster-red", [1, 2]],
];

/** The volume over time, as a picture and as a table. */
export function volumeSection(report: LogReport): Html | null {
  return overTime(report, MAILS, "volume", "Volume over time", "Most happened", null);
}

/** The bytes over time, as far as the log tells sizes. */
export function bytesSection(report: LogReport): Html | null {
  return overTime(report, BYTES, "bytes", "Bytes over time", "Most went through", "bytes");
}

function overTime(
  { volume: { minutes, slices } }: LogReport,
  series: Series,
  id: string,
  title: string,
  most: string,
  unit: "bytes" | null,
): Html | null {
  const told = slices.filter((slice) => sum(slice, series) > 0);
  const [first] = told;
  if (first === undefined) return null;
  const chart = {
    times: slices.map(({ start }) => Date.parse(`${start.slice(0, "2026-11-28T03:30:00".length)}Z`) / 1000),
    step: minutes * 60,
    unit,
    series: series.map(([key, label, colour, dash]) => ({
      label,
      colour,
      dash,
      values: slices.map((slice) => slice[key]),
    })),
  };
  const busiest = told.reduce((one, other) => (sum(other, series) > sum(one, series) ? other : one), first);
  const description = `${title}, ${widthText(minutes)} a step. ${most} at ${minuteText(busiest.start)}.`;
  const text = unit === "bytes" ? bytesText : number;
  const rows = told.map((slice) => [minuteText(slice.start), ...series.map(([key]) => text(slice[key]))]);
  const columns = [{ title: "From" }, ...series.map(([, label]) => ({ title: label, isNumber: true }))];
  return section(
    id,
    title,
    html`<figure role="img" aria-label="${description} The table after it has the numbers."><div data-chart="${JSON.stringify(chart)}"></div></figure>`,
    html`<details id="${id}-table"><summary>As a table, ${widthText(minutes)} a row</summary>${table(null, columns, rows)}</details>`,
  );
}

function sum(slice: VolumeSlice, series: Series): number {
  return series.reduce((total, [key]) => total + slice[key], 0);
}
