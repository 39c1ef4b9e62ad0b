import { type Html, html } from "../../html/html.ts";
import type { LogReport, VolumeSlice } from "../log-report.ts";
import { minuteText, widthText } from "../wording.ts";
import { number, section, table } from "./ink.ts";

/** How each series is drawn: told apart by its dashes too, not by its colour alone. */
const SERIES: readonly (readonly [
  key: keyof Omit<VolumeSlice, "start">,
  label: string,
  colour: string,
  dash: readonly number[],
])[] = [
  ["received", "Received", "--postmaster-blue", []],
  ["delivered", "Delivered", "--postmaster-green", [8, 3]],
  ["deferred", "Deferred", "--postmaster-yellow", [3, 3]],
  ["bounced", "Bounced", "--postmaster-red", [1, 2]],
  ["rejected", "Rejected", "--postmaster-purple", [8, 3, 2, 3]],
];

/** The volume over time, as a picture and as a table. */
export function volumeSection({ volume: { minutes, slices } }: LogReport): Html | null {
  if (slices.length === 0) return null;
  const chart = {
    times: slices.map(({ start }) => Date.parse(`${start.slice(0, "2026-11-28T03:30:00".length)}Z`) / 1000),
    series: SERIES.map(([key, label, colour, dash]) => ({
      label,
      colour,
      dash,
      values: slices.map((slice) => slice[key]),
    })),
  };
  const busiest = slices.reduce((one, other) => (sum(other) > sum(one) ? other : one));
  const description = `Volume over time, ${widthText(minutes)} a step. Most happened at ${minuteText(busiest.start)}.`;
  const rows = slices
    .filter((slice) => sum(slice) > 0)
    .map((slice) => [minuteText(slice.start), ...SERIES.map(([key]) => number(slice[key]))]);
  const columns = [{ title: "From" }, ...SERIES.map(([, title]) => ({ title, isNumber: true }))];
  return section(
    "volume",
    "Volume over time",
    html`<figure role="img" aria-label="${description} The table after it has the numbers."><div data-chart="${JSON.stringify(chart)}"></div></figure>`,
    html`<details id="volume-table"><summary>As a table, ${widthText(minutes)} a row</summary>${table(null, columns, rows)}</details>`,
  );
}

function sum(slice: VolumeSlice): number {
  return SERIES.reduce((total, [key]) => total + slice[key], 0);
}
